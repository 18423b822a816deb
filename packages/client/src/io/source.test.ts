import { expect, test } from 'vitest'
import { sourceOf } from './source.ts'

test('sourceOf() takes a stream, an async iterable and null, and refuses what is none', async () => {
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
  expect(() => sourceOf(undefined)).toThrow(TypeError)
})

test.each<[string, () => unknown]>([
  [
    'throws',
    () => {
      throw new TypeError('boom')
    },
  ],
  ['gives nothing', () => undefined],
  ['gives a promise of nothing', () => Promise.resolve()],
])('sourceOf() rejects a read where the next() of an iterable %s', async (_, next) => {
  const source = sourceOf({ [Symbol.asyncIterator]: () => ({ next }) })

  await expect(source.read()).rejects.toThrow(TypeError)
})

test('sourceOf() takes an iterable whose next() gives no promise', async () => {
  const next = () => ({ done: false, value: 'data: a' })

  expect(await sourceOf({ [Symbol.asyncIterator]: () => ({ next }) }).read()).toEqual(next())
})

test('sourceOf() goes on where the result of next() has no `done`, and ends an iterable by its return()', async () => {
  const ended: unknown[] = []
  const iterator = { next: () => ({ value: 'data: a' }), return: (reason: unknown) => ended.push(reason) }
  const source = sourceOf({ [Symbol.asyncIterator]: () => iterator })

  expect(await source.read()).toEqual({ done: false, value: 'data: a' })
  await source.cancel('left')
  expect(ended).toEqual(['left'])
})

test('sourceOf() lets go of an iterable that has no return()', async () => {
  const source = sourceOf({ [Symbol.asyncIterator]: () => ({ next: () => ({ done: true }) }) })

  await expect(source.cancel('left')).resolves.toBeUndefined()
})
