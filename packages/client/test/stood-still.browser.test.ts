import { EventSource } from '@millrace/client'
import { scenario } from '@millrace/test-server/scenario'
import { expect, onTestFinished, test } from 'vitest'
import { play } from '../../../test/support/remote.ts'

function standStill(ms: number): void {
  const until = performance.now() + ms
  while (performance.now() < until);
}

/** The next message, or why there is none. */
function next(source: EventSource): Promise<string> {
  return new Promise((resolve) => {
    source.addEventListener('message', ({ data }) => resolve(data), { once: true })
    source.addEventListener('error', ({ error }) => resolve(error.message), { once: true })
  })
}

test('a page that stood still for longer than its idle timeout, in an alert or a debugger, keeps its connection', async () => {
  await using server = await play(
    scenario([
      {
        type: 'repeat',
        steps: [
          { type: 'event', data: 'still here' },
          { type: 'wait', ms: 200 },
        ],
      },
    ]),
  )
  // Whether a timer runs before what has come is a matter of chance.
  for (let round = 0; round < 3; round++) {
    const source = new EventSource(server.url, { timeouts: { idle: 500 } })
    onTestFinished(() => source.close())
    await next(source)
    // In another task than the message: the timeout runs only where nothing is being handed over.
    await server.records()

    const told = next(source)
    standStill(1200)
    expect(await told).toBe('still here')
    source.close()
  }
})
