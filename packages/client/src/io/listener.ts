import type { Failure, ReplyFacts } from '../core/failure.ts'
import type { CloseReason } from '../core/state.ts'

export type News =
  | { readonly type: 'attempt' }
  | { readonly type: 'response'; readonly status: number; readonly url: string }
  /** Whether the server answers at all, after a request that got no reply. */
  | { readonly type: 'probe'; readonly reachable: boolean }

/** Who is told what happens, in order. */
export interface Listener {
  tell(news: News): void
  onOpen(reply: ReplyFacts, response: Response): void
  /** The body can be read from now on. */
  onBody(): void
  /** `failure`: to be reported now, or null. `delay`: ms until the next attempt, where that is known. */
  onWait(failure: Failure | null, delay: number | null): void
  onClosed(reason: CloseReason): void
}
