import { EventSource } from '@millrace/client'
import { expect, test } from 'vitest'
import { hear } from '../../../test/support/heard.ts'

test('a fetch is given headers under the names that npm’s eventsource gives them', async () => {
  const given: unknown[] = []
  const source = new EventSource('http://mill.test/', {
    headers: { authorization: 'Bearer t' },
    lastEventId: '7',
    fetch: async (_url, { headers }) => {
      given.push(headers)
      return new Response(null, { status: 204 })
    },
  })
  await hear(source, 'error').nth('error')
  expect(given[0]).toMatchObject({
    Accept: 'text/event-stream',
    Authorization: 'Bearer t',
    'Last-Event-Id': '7',
  })
})
