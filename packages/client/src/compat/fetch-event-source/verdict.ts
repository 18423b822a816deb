import type { FetchEventSourceInit } from './init.ts'

/** What is to be done about an error. */
export type Verdict =
  /** After so many ms, or after the time that the server asks for. */
  | { readonly type: 'again'; readonly delay: number | null }
  | { readonly type: 'failed'; readonly error: unknown }
  /** `onerror` says nothing: the rule decides. */
  | { readonly type: 'undecided'; readonly error: unknown }

interface Attempt {
  /** Once there is one. */
  verdict: Verdict | null
  /** What the app's own fetch or its `onopen` threw, which is a failure like others to the connection. */
  thrown: { readonly error: unknown; readonly by: 'fetch' | 'onopen' } | null
}

/** Asks the app's callbacks, once for each thing that happened. */
export class Judge {
  readonly #init: FetchEventSourceInit
  #attempt: Attempt = { verdict: null, thrown: null }

  constructor(init: FetchEventSourceInit) {
    this.#init = init
  }

  begin(): void {
    this.#attempt = { verdict: null, thrown: null }
  }

  /** Calls the app's own fetch. */
  fetch(own: () => Promise<Response>): Promise<Response> {
    return this.#watch('fetch', own)
  }

  open(response: Response): Promise<void> {
    return this.#watch('onopen', () => this.#init.onopen?.(response))
  }

  /** An app knows its own errors by their class: they are told as they are. */
  async #watch<T>(by: 'fetch' | 'onopen', call: () => T | Promise<T>): Promise<T> {
    // One that was given up may fail when the next one is under way.
    const attempt = this.#attempt
    try {
      return await call()
    } catch (error) {
      attempt.thrown = { error, by }
      throw error
    }
  }

  /** May the connection try again by itself? Undefined leaves that to its rule. */
  mayRepeat(failure: Error): boolean | undefined {
    const { thrown } = this.#attempt
    if (this.threw(thrown === null ? failure : thrown.error).type !== 'undecided') return false
    const unheard = thrown?.by === 'onopen' && this.#init.onerror === undefined
    return unheard ? false : undefined
  }

  /** What iteration threw: the last failure, or an error of `onmessage`. */
  threw(error: unknown): Verdict {
    return (this.#attempt.verdict ??= this.#ask(error))
  }

  /** The server ended the stream. */
  closed(method: string): 'over' | Verdict {
    try {
      this.#init.onclose?.()
      return 'over'
    } catch (error) {
      const verdict = this.#ask(error)
      const again = verdict.type === 'undecided' && method === 'GET' && this.#init.onerror !== undefined
      return again ? { type: 'again', delay: null } : verdict
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
