import { fetchEventSource as original } from '@microsoft/fetch-event-source'
import { scenario, type Step } from '@millrace/test-server/scenario'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { play } from '../../../../../test/support/remote.ts'
import { fetchEventSource as ours } from '@millrace/client/fetch-event-source'

/** What both take, and no more: a program changes its import. */
type Either = (
  url: string,
  init: {
    method?: string
    signal?: AbortSignal
    fetch?: () => Promise<Response>
    onmessage?: (message: { id: string; event: string; data: string }) => void
    onclose?: () => void
    onerror?: (error: Error) => number | void
  },
) => Promise<void>

const both: readonly (readonly [string, Either])[] = [
  ['the original', original],
  ['ours', ours],
]
const end: Step = { type: 'end' }
const one: Step = { type: 'event', data: 'one', id: '1' }

let visibility: DocumentVisibilityState = 'visible'
const state = vi.spyOn(document, 'visibilityState', 'get').mockImplementation(() => visibility)
const hidden = vi.spyOn(document, 'hidden', 'get').mockImplementation(() => visibility === 'hidden')
afterEach(() => turn('visible'))

function turn(to: DocumentVisibilityState): void {
  visibility = to
  document.dispatchEvent(new Event('visibilitychange'))
}

test.each(both)('%s gives the messages of a stream, and tells its end', async (_, read) => {
  const steps: Step[] = [one, { type: 'event', event: 'named', data: 'a\nb', id: '2' }, end]
  await using server = await play(scenario(steps))
  const told: unknown[] = []
  await read(server.url, {
    method: 'POST',
    onmessage: ({ id, event, data }) => void told.push({ id, event, data }),
    onclose: () => void told.push('closed'),
  })
  expect(told).toEqual([
    { id: '1', event: '', data: 'one' },
    { id: '2', event: 'named', data: 'a\nb' },
    'closed',
  ])
})

test.each(both)('%s hands onerror what the fetch of the app throws, and rejects with it', async (_, read) => {
  class MustRefetch extends Error {}
  const own = new MustRefetch('409')
  const told: unknown[] = []
  const reading = read('http://mill.test/', {
    fetch: () => Promise.reject(own),
    onerror: (error) => {
      told.push(error)
      throw error
    },
  })
  await expect(reading).rejects.toBe(own)
  expect(told).toEqual([own])
})

describe('a comment', () => {
  test.each([
    ['the original: it is', original, ['', 'one']],
    ['ours: it is not', ours, ['one']],
  ] as const)('as a message of %s', async (_, read, expected) => {
    await using server = await play(scenario([{ type: 'text', text: ': PROCESSING\n\n' }, one, end]))
    const seen: string[] = []
    await read(server.url, { onmessage: ({ data }) => void seen.push(data) })
    expect(seen).toEqual(expected)
  })
})

describe('a page that is hidden and shown', () => {
  test.each([
    ['the original', original, 2],
    ['ours', ours, 1],
  ] as const)('makes %s send a POST so many times: %i', async (_, read, times) => {
    await using server = await play(
      scenario([one, { type: 'gate', name: 'more' }, end], [{ type: 'event', data: 'paid twice' }, end]),
    )
    const reading = read(server.url, {
      method: 'POST',
      onmessage: ({ data }) => {
        if (data !== 'one') return
        turn('hidden')
        turn('visible')
        void server.release('more').catch(() => {})
      },
    })
    await reading
    expect(await server.requests(times)).toHaveLength(times)
  })
})

describe('an abort in onerror', () => {
  test.each(both)('ends %s', async (name, read) => {
    await using server = await play(
      scenario([{ type: 'headers', headers: { 'content-type': 'text/html' } }, end]),
    )
    const stop = new AbortController()
    let errors = 0
    const reading = read(server.url, {
      signal: stop.signal,
      onerror: () => {
        errors += 1
        stop.abort()
        if (errors === 2) throw new RangeError('asked again after the abort')
        return 1
      },
    })
    // The original resolves too, but its retry timer is set after the abort had cleared it.
    await reading
    const requests = name === 'ours' ? 1 : 2
    expect(await server.requests(requests)).toHaveLength(requests)
  })
})

test('the page can be hidden in this environment', () => {
  turn('hidden')
  expect([document.hidden, document.visibilityState]).toEqual([true, 'hidden'])
  expect(state.mock.calls.length + hidden.mock.calls.length).toBeGreaterThan(0)
})
