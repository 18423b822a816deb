import { EventStreamError, fetchEventStream } from '@millrace/client'
import { expect, onTestFinished, test, vi } from 'vitest'

test("a stream where there is neither fetch nor TextEncoder, as in Jest's jsdom, ends at once and says so", async () => {
  onTestFinished(() => void vi.unstubAllGlobals())
  // Node loads its own only when they are asked for, with the encoder that is there.
  const headers = new Headers({ 'x-desk': '7' })
  vi.stubGlobal('fetch', undefined)
  vi.stubGlobal('TextEncoder', undefined)
  const stream = fetchEventStream('https://api.test/prices', { headers })
  const error = await stream[Symbol.asyncIterator]()
    .next()
    .catch((thrown: unknown) => thrown)

  expect(error).toBeInstanceOf(EventStreamError)
  expect(error).toMatchObject({ code: 'invalid-option', willRetry: false })
  expect(String(error)).toContain('`fetch`')
  expect(await stream.outcome).toMatchObject({ attempts: 1, bytes: 0, tail: 0, error })
})
