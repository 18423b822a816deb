import type { RequestFacts } from '../scenario/choose.ts'

/** A request as it arrived. */
export interface RecordedRequest extends RequestFacts {
  /** Path and query. */
  readonly url: string
  /** The body as text. */
  readonly body: string
  /** When it came, in ms since the epoch by the transport's clock. */
  readonly at: number
}

/**
 * How an exchange stands. `aborted`: the client went away first. `dropped`: the server dropped it by a
 * limit. The others are the endings of a scenario, of `drop()`, and, as `fin`, of `close()`.
 */
export type ExchangeState = 'open' | 'end' | 'reset' | 'fin' | 'aborted' | 'dropped'

/** One request and what became of its reply. */
export interface Exchange {
  readonly request: RecordedRequest
  readonly state: ExchangeState
  /** Status of the reply; null before the head is sent. */
  readonly status: number | null
  /** Bytes of the body (before compression) that the connection has accepted. */
  readonly bytes: number
  /** Name of the gate that the reply waits at. */
  readonly gate: string | null
}

/** What a scenario has seen, as plain data. */
export interface Records {
  readonly requests: readonly RecordedRequest[]
  readonly exchanges: readonly Exchange[]
  /** CORS preflights; they are no requests of the scenario. */
  readonly preflights: number
  /** How many of the oldest exchanges are kept no more: the limit `journal`. */
  readonly forgotten: number
}
