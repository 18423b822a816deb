/** What happens to a page. `freeze`: it enters the back/forward cache; `thaw`: it comes back from it; `shown`: to its user. */
export type PageEvent = 'offline' | 'online' | 'freeze' | 'thaw' | 'shown'

/** A request that got no reply. */
export interface Unanswered {
  readonly url: string
  readonly init: { readonly headers: Headers }
}
