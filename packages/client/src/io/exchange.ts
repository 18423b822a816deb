import { Body, type Patient } from './body.ts'
import { readExcerpt } from './excerpt.ts'
import { send, type RequestPlan } from './request-plan.ts'
import type { Runtime } from './runtime.ts'
import { sourceOf, type Source } from './source.ts'

/** One request, its reply, and the reply's body: what one attempt holds of the network. */
export class Exchange {
  /** Null until there is one, and once its body is read: a connection may wait for days. */
  response: Response | null = null
  /** The event stream, once it is read. */
  body: Body | null = null
  readonly #controller = new AbortController()
  /** A refused reply's body, while its start is read. */
  #refused: Source | null = null

  get signal(): AbortSignal {
    return this.#controller.signal
  }

  async send(plan: RequestPlan, custom: typeof globalThis.fetch | null): Promise<Response> {
    return (this.response = await send(plan, custom, this.signal))
  }

  /** Starts to read the body. Throws when it is nothing that can be read. */
  read(runtime: Runtime, patient: Patient): void {
    this.body = new Body(sourceOf(this.response?.body), runtime, patient)
    this.response = null
  }

  async readExcerpt(runtime: Runtime): Promise<string> {
    try {
      this.#refused = sourceOf(this.response?.body)
      return await readExcerpt(this.#refused, runtime)
    } catch {
      // A given fetch whose body cannot be read: its status is what counts.
      return ''
    }
  }

  /**
   * Lets go of the socket. Once a body is open its reader is cancelled first: an abort with a read pending kills Node
   * under MSW. An abort once nothing is pending closes it everywhere: happy-dom's fetch keeps the socket after a cancel.
   */
  drop(): void {
    const open = this.body ?? this.#refused
    const abort = () => this.#controller.abort()
    if (open !== null) void open.cancel('dropped').then(abort, abort)
    else if (this.response === null) abort()
    // A reply that nobody reads would hold its socket. Not at once: happy-dom's fetch throws when an end follows a cancel.
    else setTimeout(() => void cancel(this.response?.body).then(abort))
  }
}

async function cancel(body: unknown): Promise<void> {
  try {
    await sourceOf(body).cancel('not read')
  } catch {
    // Somebody reads it, or a given fetch made it of something else: the abort has to do.
  }
}
