import { letGo } from '#platform'
import { send, type RequestPlan } from './request-plan.ts'
import type { Fetch } from './fetch.ts'
import type { Rhythm } from './rhythm.ts'
import { Body, type Silences } from './body.ts'
import type { Runtime } from './runtime.ts'
import { sourceOf } from './source.ts'

/** One request, its reply, and the reply's body: what one attempt holds of the network. */
export class Exchange {
  /** Null until there is one, and again once its body is being read: a connection may wait for days. */
  response: Response | null = null
  /** The reply's body, once it is being read. */
  body: Body | null = null
  readonly #controller = new AbortController()

  get signal(): AbortSignal {
    return this.#controller.signal
  }

  async send(plan: RequestPlan, custom: Fetch | undefined): Promise<Response> {
    return (this.response = await send(plan, custom, this.signal))
  }

  /** Starts to read the body. Throws when it is nothing that can be read. */
  read(runtime: Runtime, timeouts: Silences, rhythm?: Rhythm, onDemand?: boolean): Body {
    const body = new Body(sourceOf(this.response?.body), runtime, timeouts, rhythm, onDemand)
    this.response = null
    return (this.body = body)
  }

  /**
   * Lets go of the socket. An open body is cancelled; the abort closes the socket everywhere: the cancel of a generator
   * (node-fetch's body, that of a wrapped Response) waits for the read that is pending.
   */
  async drop(): Promise<void> {
    if (this.body !== null) await letGo(this.body, this.#controller)
    this.#controller.abort()
    // For a custom fetch that ignores the signal. Not at once: happy-dom's fetch throws when an end follows a cancel.
    if (this.response !== null) setTimeout(() => cancel(this.response?.body))
  }
}

async function cancel(body: unknown): Promise<void> {
  try {
    await sourceOf(body).cancel('dropped')
  } catch {
    // Somebody else reads it, or it is no body at all: the abort has to do.
  }
}
