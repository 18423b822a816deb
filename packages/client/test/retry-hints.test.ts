import { fetchEventStream, type StreamEvent, type StreamOptions } from '@millrace/client'
import { scenario } from '@millrace/test-server/scenario'
import { expect, test } from 'vitest'
import { readAll } from '../../../test/support/read-all.ts'
import { play } from '../../../test/support/remote.ts'
import { skipping } from '../../../test/support/skipping.ts'

const date = 'Fri, 20 Nov 2026 12:00:00 GMT'
const tenLater = 'Fri, 20 Nov 2026 12:00:10 GMT'

/** A feed that is refused once with these headers, and what was waited. */
async function refusedWith(headers: Record<string, string>, options: StreamOptions<StreamEvent> = {}) {
  const expose = { 'access-control-expose-headers': '*' }
  await using server = await play(
    scenario(
      [
        { type: 'status', status: 503 },
        { type: 'headers', headers: { ...headers, ...expose } },
        { type: 'end' },
      ],
      [
        { type: 'event', data: 'up' },
        { type: 'event', data: 'over' },
      ],
    ),
  )
  const time = skipping()
  const read = await readAll(fetchEventStream(server.url, { until: 'over', ...time.options, ...options }))
  return { ...read, delays: time.delays }
}

test.each([
  ['retry-after-ms', { 'retry-after-ms': '4200.5', 'retry-after': '9' }, 4201],
  ['Retry-After in seconds', { 'retry-after': '9' }, 9000],
  ['Retry-After as a date, by the clock of the reply', { 'retry-after': tenLater, date }, 10_000],
  ['Retry-After below the delay of our own', { 'retry-after': '0' }, 1000],
  ['Retry-After that is none', { 'retry-after': 'soon' }, 1000],
])('%s is waited for', async (_, headers, delay) => {
  const { data, delays } = await refusedWith(headers)

  expect(data).toEqual(['up'])
  expect(delays).toEqual([delay])
})

test('a wait over the cap is given as an error at once, with the time the server asked for', async () => {
  const { error, delays } = await refusedWith({ 'retry-after': '3600' })

  expect(delays).toEqual([])
  expect(error).toMatchObject({ code: 'http-status', status: 503, retryAfter: 3_600_000, willRetry: false })
})

test('a wait over the usual cap is kept where retry.maxRetryAfter allows it', async () => {
  const { data, delays } = await refusedWith(
    { 'retry-after': '3600' },
    { retry: { maxRetryAfter: 3_600_000 } },
  )

  expect(data).toEqual(['up'])
  expect(delays).toEqual([3_600_000])
})

test('x-should-retry: false ends even a feed', async () => {
  const { error, delays } = await refusedWith({ 'retry-after': '1', 'x-should-retry': 'false' })

  expect(error).toMatchObject({ code: 'http-status', status: 503 })
  expect(delays).toEqual([])
})
