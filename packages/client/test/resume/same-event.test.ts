import { lastEventIdGet, type StreamEvent } from '@millrace/client'
import { scenario } from '@millrace/test-server/scenario'
import { describe, expect, test } from 'vitest'
import { done, end, event, post } from './reading.ts'

describe('sameEvent', () => {
  const same = (a: StreamEvent, b: StreamEvent) => a.lastEventId === b.lastEventId && a.data === b.data

  test('drops what comes again, up to the first event that is new', async () => {
    const { data, outcome } = await post(
      scenario(
        [event('1', 'a'), event('2', 'b'), event('3', 'c'), end],
        [event('2', 'b'), event('3', 'c'), event('4', 'd'), event('2', 'b'), done, end],
      ),
      { resume: lastEventIdGet, sameEvent: same },
    )

    expect(data).toEqual(['a', 'b', 'c', 'd', 'b'])
    expect(outcome.events).toBe(5)
  })

  test('counts a reply that it drops whole as one that brought nothing: the wait grows, and five are enough', async () => {
    const { data, error, delays, requests } = await post(scenario([event('1', 'a'), end]), {
      resume: lastEventIdGet,
      sameEvent: same,
      retry: { factor: 2, jitter: 0 },
    })

    expect(data).toEqual(['a'])
    expect(error).toMatchObject({ code: 'retries-exhausted' })
    expect(requests).toHaveLength(6)
    expect(delays).toEqual([1000, 1000, 2000, 4000, 8000])
  })

  test('drops nothing within one connection', async () => {
    const { data } = await post(scenario([event('1', 'a'), event('1', 'a'), done, end]), { sameEvent: same })

    expect(data).toEqual(['a', 'a'])
  })

  test('drops nothing that came longer ago than a hundred events', async () => {
    const old = Array.from({ length: 101 }, (_, n) => event(String(n)))
    const { data } = await post(scenario([...old, end], [event('0'), done, end]), {
      resume: lastEventIdGet,
      sameEvent: same,
    })

    expect(data).toHaveLength(102)
  })
})
