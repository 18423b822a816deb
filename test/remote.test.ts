import { scenario } from '@millrace/test-server/scenario'
import { expect, test } from 'vitest'
import { play } from './support/remote.ts'

test('play() serves a scenario that this environment can read', async () => {
  await using played = await play(scenario([{ type: 'event', event: 'greet', data: 'hällo', id: '1' }]))
  const response = await fetch(played.url)
  expect(response.headers.get('content-type')).toBe('text/event-stream')
  expect(await response.text()).toBe('id: 1\nevent: greet\ndata: hällo\n\n')
})

test('play() records method, headers, body and the last event ID', async () => {
  await using played = await play(scenario([{ type: 'event', data: 'ok' }]))
  const init = { method: 'POST', body: '{"a":1}', headers: { 'Last-Event-ID': '7', 'x-test': 'yes' } }
  await (await fetch(played.url, init)).text()
  const [request] = await played.requests(1)
  expect(request).toMatchObject({ number: 1, method: 'POST', body: '{"a":1}', lastEventId: '7' })
  expect(request?.headers['x-test']).toBe('yes')
})

test('release() opens the gate that the reply waits at, and not before', async () => {
  await using played = await play(
    scenario([
      { type: 'event', data: 'a' },
      { type: 'gate', name: 'read' },
      { type: 'event', data: 'b' },
    ]),
  )
  const reader = (await fetch(played.url)).body?.getReader()
  const first = await reader?.read()
  expect(new TextDecoder().decode(first?.value)).toBe('data: a\n\n')
  expect((await played.at('read')).exchanges[0]).toMatchObject({ state: 'open', gate: 'read', bytes: 9 })
  await played.release('read')
  const second = await reader?.read()
  expect(new TextDecoder().decode(second?.value)).toBe('data: b\n\n')
  expect((await played.closed()).exchanges[0]?.state).toBe('end')
})

test('a cut by reset breaks the body after exactly so many bytes', async () => {
  await using played = await play(
    scenario([
      { type: 'event', data: 'abc' },
      { type: 'cut', at: 7, by: 'reset', gate: 'cut' },
    ]),
  )
  const reader = (await fetch(played.url)).body?.getReader()
  const first = await reader?.read()
  expect(new TextDecoder().decode(first?.value)).toBe('data: a')
  await played.release('cut')
  await expect(reader?.read()).rejects.toThrow()
  expect((await played.closed()).exchanges[0]).toMatchObject({ state: 'reset', bytes: 7 })
})

test('the records tell when the client goes away', async () => {
  await using played = await play(scenario([{ type: 'open' }, { type: 'hang' }]))
  // happy-dom closes the socket at an abort, but not at a cancel.
  const controller = new AbortController()
  await fetch(played.url, { signal: controller.signal })
  controller.abort()
  expect((await played.closed()).exchanges[0]?.state).toBe('aborted')
})
