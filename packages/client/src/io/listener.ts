import type { Failure, ReplyFacts } from '../core/failure.ts'
import type { CloseReason } from '../core/state.ts'
import type { Patient } from './body.ts'

/** An attempt failed, or a connection ended. */
export interface Report {
  readonly failure: Failure | null
  readonly willRetry: boolean
  readonly delay: number | null
}

export type News =
  | { readonly type: 'attempt' }
  | { readonly type: 'response'; readonly status: number; readonly url: string }
  /** Whether anybody answers at all, where a request got no reply. */
  | { readonly type: 'probe'; readonly reachable: boolean }

/** Who is told what happens, in order; and says how long a silence may last. */
export interface Listener extends Patient {
  tell(news: News): void
  onOpen(reply: ReplyFacts, response: Response): void
  onReport(report: Report): void
  onClosed(reason: CloseReason): void
}
