import type { FetchEventSourceInit } from './init.ts'

/** What is to be done about an error. */
export type Verdict =
  | { readonly type: 'again'; readonly delay: number }
  | { readonly type: 'failed'; readonly error: unknown }
  /** `onerror` says nothing: the rule decides. */
  | { readonly type: 'undecided'; readonly error: unknown }

/** Before a request is sent again because `onclose` threw, in ms. */
const afterClose = 1000

/** Asks the app's callbacks, once for each thing that happened. */
export class Judge {
  readonly #init: FetchEventSourceInit
  /** The verdict on this attempt, once there is one. */
  #verdict: Verdict | null = null
  /** What `onopen` threw, which is a failure like others to the connection. */
  #refusal: { readonly error: unknown } | null = null

  constructor(init: FetchEventSourceInit) {
    this.#init = init
  }

  begin(): void {
    this.#verdict = null
    this.#refusal = null
  }

  async open(response: Response): Promise<void> {
    try {
      await this.#init.onopen?.(response)
    } catch (error) {
      this.#refusal = { error }
      throw error
    }
  }

  /** May the connection try again by itself? Undefined leaves that to its rule. */
  mayRepeat(failure: Error): boolean | undefined {
    this.#verdict ??= this.#ask(this.#refusal === null ? failure : this.#refusal.error)
    if (this.#verdict.type !== 'undecided') return false
    const unheard = this.#refusal !== null && this.#init.onerror === undefined
    return unheard ? false : undefined
  }

  /** What iteration threw: the last failure, or an error of `onmessage`. */
  threw(error: unknown): Verdict {
    this.#verdict ??= this.#ask(error)
    return this.#verdict
  }

  /** The server ended the stream. */
  closed(method: string): 'over' | Verdict {
    try {
      this.#init.onclose?.()
      return 'over'
    } catch (error) {
      const verdict = this.#ask(error)
      const again = verdict.type === 'undecided' && method === 'GET' && this.#init.onerror !== undefined
      return again ? { type: 'again', delay: afterClose } : verdict
    }
  }

  #ask(error: unknown): Verdict {
    try {
      const known = error instanceof Error ? error : new TypeError(String(error), { cause: error })
      const delay = this.#init.onerror?.(known)
      // NaN, of a formula that went wrong, is no time: the request would be sent again at once, and again.
      const said = typeof delay === 'number' && delay >= 0
      return said ? { type: 'again', delay } : { type: 'undecided', error }
    } catch (thrown) {
      return { type: 'failed', error: thrown }
    }
  }
}
