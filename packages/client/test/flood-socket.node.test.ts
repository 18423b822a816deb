import { EventSource } from '@millrace/client'
import { scenario, type Step } from '@millrace/test-server/scenario'
import { serve } from '@millrace/test-server'
import { expect, test } from 'vitest'

const ending = (text: string): readonly Step[] => [{ type: 'text', text }, { type: 'end' }]

const hostile: readonly (readonly [string, readonly Step[]])[] = [
  ['retry: 0 and an end at once', ending('retry: 0\n\n')],
  ['retry: 0, an event and an end at once', ending('retry: 0\ndata: x\n\n')],
  ['retry: 2147483648 and an event', ending('retry: 2147483648\ndata: x\n\n')],
  ['retry: 99999999999999999999 and an event', ending('retry: 99999999999999999999\ndata: x\n\n')],
  ['500 at once', [{ type: 'status', status: 500 }, { type: 'end' }]],
  ['a reset at once', [{ type: 'reset' }]],
  ['a redirect in a circle', [{ type: 'redirect', to: '?' }]],
]

test.concurrent.for(hostile)(
  'on a real socket a server with %s gets 3 requests at most in the first second, and 2 a second after it',
  async ([name, steps], { onTestFinished }) => {
    const server = await serve(scenario([...steps]))
    const source = new EventSource(server.url, { retry: { initialDelay: 0, statuses: [500] } })
    onTestFinished(async () => {
      source.close()
      await server.close()
    })
    // Real time is what is tested here.
    await new Promise((resolve) => setTimeout(resolve, 4000))
    const first = server.requests[0]?.at ?? expect.unreachable()
    const after = server.requests.map(({ at }) => at - first)
    expect(after.filter((at) => at < 1000).length, name).toBeLessThanOrEqual(3)
    for (const from of after.filter((at) => at >= 1000)) {
      expect(after.filter((at) => at >= from && at < from + 1000).length, name).toBeLessThanOrEqual(2)
    }
  },
)
