import { scenario, serve } from '@millrace/test-server'
import { expect, onTestFinished, test } from 'vitest'
import { fetchEventSource, type FetchEventSourceInit } from '@millrace/client/fetch-event-source'

/** Reads from a server that redirects to one of another origin; what arrives there, and what `onopen` is told. */
async function redirected(init: FetchEventSourceInit) {
  const there = await serve(scenario([{ type: 'event', data: 'there' }]))
  const here = await serve(scenario([{ type: 'redirect', to: there.url }]))
  onTestFinished(async () => void (await Promise.all([here.close(), there.close()])))
  const opened: number[] = []
  const over = fetchEventSource(here.url, {
    headers: { 'x-api-key': 'k' },
    onopen: ({ status }) => void opened.push(status),
    onerror: (error) => {
      throw error
    },
    ...init,
  })
  const error = await over.then(
    () => null,
    (reason: unknown) => reason,
  )
  return { error, opened, requests: there.requests }
}

test('fetchEventSource() with onopen sends no secret header to another origin, and tells onopen of the last reply', async () => {
  const { error, opened, requests } = await redirected({})

  expect(error).toBeNull()
  expect(opened).toEqual([200])
  expect(requests).toHaveLength(1)
  expect(requests[0]?.headers).not.toHaveProperty('x-api-key')
})

test('fetchEventSource() with onopen sends no body to another origin', async () => {
  const { error, requests } = await redirected({ method: 'POST', body: 'secret' })

  expect(error).toMatchObject({ code: 'redirect', reason: 'body-to-other-origin' })
  expect(requests).toEqual([])
})

test.each([['error'], ['manual']] as const)(
  'fetchEventSource() leaves redirect: %s to fetch',
  async (redirect) => {
    const { error, requests } = await redirected({ redirect })

    expect(error).toMatchObject({ code: redirect === 'error' ? 'network' : 'http-status' })
    expect(requests).toEqual([])
  },
)

test('fetchEventSource() gives fetch the members of its init that the stream has no use for', async () => {
  const given: unknown[] = []
  await fetchEventSource('http://a.test/', {
    keepalive: true,
    priority: 'high',
    integrity: 'sha256-x',
    fetch: async (_, { keepalive, priority, integrity } = {}) => {
      given.push(keepalive, priority, integrity)
      return new Response('data: a\n\n', { headers: { 'content-type': 'text/event-stream' } })
    },
  })

  expect(given).toEqual([true, 'high', 'sha256-x'])
})
