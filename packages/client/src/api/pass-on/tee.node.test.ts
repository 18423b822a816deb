import { expect, test } from 'vitest'
import { growth } from '../../../../../test/support/growth.ts'
import { fetchEventStream, tee } from '@millrace/client'

test('a branch that fell behind catches up in the same time for each event, however many wait for it', async () => {
  const read = async (events: number) => {
    const body = 'data:\n\n'.repeat(events)
    const fetch = async () => new Response(body, { headers: { 'content-type': 'text/event-stream' } })
    const stream = fetchEventStream('http://stream.test/', { json: {}, fetch, retry: false })
    for (const branch of tee(stream, 2, { limit: Infinity })) {
      let seen = 0
      for await (const _ of branch) seen++
      expect(seen).toBe(events)
    }
  }

  expect(await growth(read, 4000, 16, 4)).toBeLessThan(4)
})
