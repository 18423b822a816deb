/** How to test a program that reads streams: a scenario says what the server does, and where it breaks. */
import { strict as assert } from 'node:assert'
import { test } from 'node:test'
import { collect, fetchEventStream, lastEventIdGet, type Observation } from '@millrace/client'
import { scenario, serve } from '@millrace/test-server'

/** What is under test. */
async function ask(url: string, observe: (seen: Observation) => void = () => {}): Promise<string> {
  const retry = { initialDelay: 0 }
  const { text, outcome } = await collect(
    fetchEventStream(url, { json: {}, until: '[DONE]', resume: lastEventIdGet, retry, observe }),
  )
  return outcome.type === 'complete' ? text : `${text}…`
}

test('ask() goes on after a reset', async () => {
  await using server = await serve(
    scenario(
      [{ type: 'event', id: '1', data: 'It is ' }, { type: 'gate', name: 'reset' }, { type: 'reset' }],
      [
        { type: 'event', id: '2', data: 'water.' },
        { type: 'event', data: '[DONE]' },
      ],
    ),
  )
  // The reset comes when the event before it has been read, not after a sleep.
  const answer = await ask(server.url, ({ type }) => {
    if (type === 'event') server.release('reset')
  })

  assert.equal(answer, 'It is water.')
  assert.deepEqual(
    server.requests.map(({ method, lastEventId }) => [method, lastEventId]),
    [
      ['POST', null],
      ['GET', '1'],
    ],
  )
})

test('ask() marks an answer that is cut', async () => {
  await using server = await serve(scenario([{ type: 'event', data: 'It is ' }, { type: 'end' }]))

  assert.equal(await ask(server.url), 'It is …')
})
