import { EventSource } from '@millrace/client'
import { virtualTime } from '@millrace/client/testing'
import { expect, test } from 'vitest'
import { hear } from '../../../../../test/support/heard.ts'

const headers = { 'content-type': 'text/event-stream' }

/** The message of the error that a lost second request is told with; the first brought an ID. */
async function messageAt(url: string): Promise<string> {
  const { runtime, advance } = virtualTime()
  let calls = 0
  const source = new EventSource(url, {
    runtime,
    fetch: async () => {
      if (++calls === 1) return new Response('id: 1\ndata: a\n\n', { headers })
      throw new TypeError('Failed to fetch')
    },
  })
  const heard = hear(source, 'error')
  await advance(4000)
  source.close()
  return String(Reflect.get(await heard.nth('error', 2), 'message'))
}

test('a reconnection with Last-Event-ID that another origin does not answer: the error names the preflight', async () => {
  expect(await messageAt('http://other.example/')).toMatch(/preflight.*lastEventIdQuery/)
})

test('on the same origin there is no preflight to speak of', async () => {
  expect(await messageAt(new URL('/feed', location.href).href)).not.toContain('preflight')
})
