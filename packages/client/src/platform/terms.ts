import type { Fetch } from '../io/fetch.ts'

/** The terms that both platforms share. */

/** What happens to a page. `freeze`: it enters the back/forward cache; `thaw`: it comes back; `shown`: it becomes visible. */
export type PageEvent = 'offline' | 'online' | 'freeze' | 'thaw' | 'shown'

/** A request that got no reply. */
export interface Unanswered {
  readonly url: string
  readonly init: { readonly headers: Headers }
}

/** A body of a reply that is let go. */
export interface Dropped {
  /** `ready`: when its source may be told. */
  cancel(reason: unknown, ready?: Promise<void>): Promise<void>
}

/** Why a request got no reply, or a body broke, as far as the runtime tells. */
export interface Diagnosis {
  /** It is proven that no byte of the request left, or that the server did nothing with it. */
  readonly unsent: boolean
  /** Another attempt would fail in the same way. */
  readonly futile: boolean
  readonly hint: string | null
}

/** What decides who follows redirects. */
export interface Following {
  readonly fetch?: Fetch | undefined
  /** The body may go to another origin. */
  readonly forwardBody?: boolean | undefined
}

/** A reply that may be a redirect. */
export interface Answered {
  readonly status: number
  readonly url: string
}
