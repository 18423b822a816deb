import { expect, test } from 'vitest'
import { sourceOf } from './source.ts'

test('sourceOf() takes a stream, an async iterable and nothing, and refuses what is none', async () => {
  const bytes = new Uint8Array(3)
  const iterable = (async function* () {
    yield bytes
  })()

  expect(await sourceOf(new Response('abc').body).read()).toMatchObject({
    done: false,
    value: { byteLength: 3 },
  })
  expect(await sourceOf(iterable).read()).toEqual({ done: false, value: bytes })
  expect(await sourceOf(null).read()).toEqual({ done: true })
  expect(() => sourceOf('text')).toThrow(TypeError)
})
