import { clockOf, type TimeSource } from '../clock.ts'
import { stageOf } from '../journal/stage.ts'
import { Playing } from '../playing.ts'
import type { Scenario } from '../scenario/types.ts'
import { followRedirects } from './redirects.ts'
import { respond } from './respond.ts'

/** Options of `fakeFetch`. */
export interface FakeFetchOptions {
  /** Where `wait` steps take their time from. @default the machine's time */
  readonly runtime?: TimeSource | undefined
  /** What `url` is; requests to any URL are answered. @default 'http://millrace.test/' */
  readonly url?: string | undefined
}

/** A scenario behind a `fetch` of its own: no socket, exact chunk borders, time of your choice. */
export class FakeFetch extends Playing {
  /** Give this to the client under test; it may be called without its object. */
  readonly fetch: typeof globalThis.fetch

  constructor(scenario: Scenario, { runtime, url = 'http://millrace.test/' }: FakeFetchOptions = {}) {
    const stage = stageOf(scenario)
    super(url, stage)
    const clock = clockOf(runtime)
    this.fetch = async (input, init) => {
      const request = new Request(input, init)
      const send = (hop: Request, body: string) => respond(stage, hop, { clock, body })
      return followRedirects(request, await textOf(request, input, init), send)
    }
  }
}

/** The body as text. A string, or none, need not be read: in Firefox that takes longer than virtual time waits. */
function textOf(request: Request, input: unknown, init: RequestInit | undefined): string | Promise<string> {
  if (typeof init?.body === 'string') return init.body
  const none = (init?.body ?? null) === null && !(input instanceof Request)
  return none ? '' : request.text()
}

/**
 * Plays a scenario to whoever calls its `fetch`.
 *
 * @example
 * const fake = fakeFetch(scenario([{ type: 'text', text: 'data: ' }, { type: 'text', text: 'a\n\n' }]))
 * const stream = fetchEventStream(fake.url, { fetch: fake.fetch })
 */
export function fakeFetch(scenario: Scenario, options?: FakeFetchOptions): FakeFetch {
  return new FakeFetch(scenario, options)
}
