import { Body, type Silences } from './body.ts'
import { send, type RequestPlan } from './request-plan.ts'
import type { Rhythm } from './rhythm.ts'
import type { Runtime } from './runtime.ts'
import { sourceOf } from './source.ts'

/** One request, its reply, and the reply's body: what one attempt holds of the network. */
export class Exchange {
  /** Null until there is one, and once its body is read: a connection may wait for days. */
  response: Response | null = null
  /** The reply's body, once it is read. */
  body: Body | null = null
  readonly #controller = new AbortController()

  get signal(): AbortSignal {
    return this.#controller.signal
  }

  async send(plan: RequestPlan, custom: typeof globalThis.fetch | null): Promise<Response> {
    return (this.response = await send(plan, custom, this.signal))
  }

  /** Starts to read the body. Throws when it is nothing that can be read. */
  read(runtime: Runtime, timeouts: Silences, rhythm?: Rhythm): Body {
    const body = new Body(sourceOf(this.response?.body), runtime, timeouts, rhythm)
    this.response = null
    return (this.body = body)
  }

  /**
   * Lets go of the socket. Once a body is open its reader is cancelled first: an abort with a read pending kills Node
   * under MSW. An abort once nothing is pending closes it everywhere: happy-dom's fetch keeps the socket after a cancel.
   */
  drop(): void {
    const abort = () => this.#controller.abort()
    if (this.body !== null) return void this.body.cancel('dropped').then(abort, abort)
    abort()
    // Of a given fetch that heeds no signal. Not at once: happy-dom's fetch throws when an end follows a cancel.
    if (this.response !== null) setTimeout(() => cancel(this.response?.body))
  }
}

async function cancel(body: unknown): Promise<void> {
  try {
    await sourceOf(body).cancel('not read')
  } catch {
    // Somebody reads it, or a given fetch made it of something else: the abort has to do.
  }
}
