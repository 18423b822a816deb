import { expect, test } from 'vitest'
import { fetchEventSource } from '@millrace/client/fetch-event-source'
import { pause } from './pause.ts'

test.each([Infinity, 2 ** 31])('pause() of %d ms is none that is over at once', async (ms) => {
  const over = new AbortController()
  const first = await Promise.race([
    pause(ms, over.signal).then(() => 'pause'),
    pause(50, null).then(() => 'a short one'),
  ])
  over.abort()

  expect(first).toBe('a short one')
})

test.each([Number.NaN, -1])(
  'a POST is not sent again where onerror returns %d, which is no time',
  async (delay) => {
    let sent = 0
    const reading = fetchEventSource('http://a.test/', {
      method: 'POST',
      fetch: async () => {
        sent++
        return new Response(null, { status: 500 })
      },
      onerror: () => {
        if (sent > 3) throw new RangeError('a flood')
        return delay
      },
    })

    await expect(reading).rejects.toMatchObject({ code: 'http-status', status: 500 })
    expect(sent).toBe(1)
  },
)
