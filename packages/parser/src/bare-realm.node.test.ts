import { expect, test, vi } from 'vitest'

test('the parser can be imported where there is no TextDecoder, and asks for one with the first bytes', async () => {
  vi.stubGlobal('TextDecoder', undefined)
  vi.resetModules()
  const { createParser } = await import('./create-parser.ts')
  const heard: string[] = []
  const parser = createParser({ onEvent: ({ data }) => heard.push(data) })

  parser.feed('data: text\n\n')
  expect(() => parser.feed(Buffer.from('data: bytes\n\n'))).toThrow('TextDecoder')

  vi.unstubAllGlobals()
  parser.feed(Buffer.from('data: bÿtes\n\n'))
  expect(heard).toEqual(['text', 'bÿtes'])
})
