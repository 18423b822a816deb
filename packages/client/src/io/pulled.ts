import type { Acceptance } from '../core/policy.ts'
import type { CloseReason } from '../core/state.ts'

/** What came of a connection: bytes, its end where it is one event, or the end of all. */
export type Pulled =
  | {
      readonly type: 'bytes'
      readonly bytes: Uint8Array
      readonly connection: number
      readonly body: Acceptance
    }
  | { readonly type: 'over'; readonly connection: number; readonly body: Acceptance }
  | { readonly type: 'closed'; readonly reason: CloseReason }
