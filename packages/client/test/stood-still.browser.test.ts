import { EventSource } from '@millrace/client'
import { scenario } from '@millrace/test-server/scenario'
import { expect, onTestFinished, test } from 'vitest'
import { isFirefox, isWebKit } from '../../../test/support/engine.ts'
import { play, type Played } from '../../../test/support/remote.ts'

const long = 1200

/**
 * As in an alert. Chromium stops for a request that is waited for on the spot, and leaves the processor to the other
 * tests; Firefox goes on with its timers meanwhile, so there nothing but a loop stops it.
 */
function standStill(late: Played): void {
  if (isFirefox || isWebKit) {
    const until = performance.now() + long
    while (performance.now() < until);
    return
  }
  const request = new XMLHttpRequest()
  request.open('GET', late.url, false)
  request.send()
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
  await using late = await play(scenario([{ type: 'wait', ms: long }, { type: 'end' }]))
  // Whether a timer runs before what has come is a matter of chance.
  for (let round = 0; round < 3; round++) {
    const source = new EventSource(server.url, { timeouts: { idle: 500 } })
    onTestFinished(() => source.close())
    await next(source)
    // In another task than the message: the timeout runs only where nothing is being handed over.
    await server.records()

    const told = next(source)
    standStill(late)
    expect(await told).toBe('still here')
    source.close()
  }
})
