import type { EncodableEvent } from '@millrace/parser/encode'

/** What one client is told, and until when. */
export interface Subscription {
  /** Last-Event-ID of the request; null when it has none. */
  readonly lastEventId: string | null
  /** Aborts when the client has gone. */
  readonly signal: AbortSignal
  /** Closes the connection at once, even while it waits for its reader; the client comes again. */
  readonly drop: (reason: Error) => void
}

/** Events for one client, made when its request has come. Bytes are sent as they stand: `encode` has made them. */
export type EventSourceFunction = (subscription: Subscription) => AsyncIterable<EncodableEvent | Uint8Array>

/** Options of `eventResponse` and `sendEvents`. */
export interface StreamOptions {
  /** Time in ms without an event after which a comment keeps proxies from closing; `Infinity` for none. @default 15000 */
  readonly heartbeat?: number | undefined
  /** Reconnection time in ms, told first. */
  readonly retry?: number | undefined
}

export const HEARTBEAT = 15_000
