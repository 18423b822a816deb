import { http, type HttpHandler } from 'msw'
import { clockOf } from './clock.ts'
import { stageOf } from './journal/stage.ts'
import { Playing } from './playing.ts'
import type { Scenario } from './scenario/types.ts'
import { after } from './timer.ts'
import { respond } from './web/respond.ts'

/** A scenario behind MSW: `setupServer(...played.handlers)`, or `server.use(...played.handlers)` for one test. */
export class MswPlaying extends Playing {
  readonly handlers: readonly HttpHandler[]

  constructor(scenario: Scenario, url: string) {
    const stage = stageOf(scenario)
    super(url, stage)
    const clock = clockOf()
    this.handlers = [
      http.all(url, async ({ request }) => {
        try {
          return framed(await respond(stage, request, { clock, settled }))
        } catch {
          // A connection that breaks before its head; MSW makes it a network error.
          return Response.error()
        }
      }),
    ]
  }
}

/**
 * Plays a scenario through MSW 3 on `http.all`: POST works, no global EventSource is needed, and events come
 * as they are written. What MSW cannot show is in `limitsOf(scenario, 'msw')`.
 *
 * @param url of the requests to answer, as in MSW: absolute, relative, or a pattern
 * @example
 * const mock = handlers(scenario([{ type: 'event', data: 'hello' }]), 'https://api.test/chat')
 * server.use(...mock.handlers)
 */
export function handlers(scenario: Scenario, url: string): MswPlaying {
  return new MswPlaying(scenario, url)
}

/**
 * In Node, MSW puts a reply through the HTTP parser of the client. Without framing the end of the connection
 * is the end of the body there: one that breaks looks whole, and a cancel while a read is pending kills the
 * process (`assert(!this.aborted)` in undici). Chunked framing takes both away. The client also unpacks what is
 * said to be packed there, and nothing is.
 */
function framed(response: Response): Response {
  if (!isNode()) return response
  response.headers.delete('content-encoding')
  if (response.body !== null && !response.headers.has('content-length')) {
    response.headers.set('transfer-encoding', 'chunked')
  }
  return response
}

/**
 * MSW hands a body on piece by piece, and a break overtakes the pieces that are under way: in Node for a task, in a page,
 * where they go by the worker and the engine's own processes, for some ms.
 */
function settled(): Promise<void> {
  return new Promise((resolve) => {
    if (!isNode()) return void after(50, resolve)
    // No timer: a test may have faked those.
    const { port1, port2 } = new MessageChannel()
    port1.addEventListener('message', () => {
      port1.close()
      resolve()
    })
    port1.start()
    port2.postMessage(null)
  })
}

function isNode(): boolean {
  return typeof process === 'object' && process.versions?.node !== undefined
}
