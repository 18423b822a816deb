import type { View, ViewEvent } from '@millrace/test-server'

/** How reading ended, as far as a client tells. */
export type End = View['end'] | 'ended' | 'failed'

/** One run of a client against a scenario. */
export interface Session {
  readonly events: readonly ViewEvent[]
  /** `open` while it reads, waits or connects again. */
  readonly end: End
  /** Code of the error it ended with, if it has one. */
  readonly code: string | undefined
  stop(): void
}

export interface Start {
  readonly url: string
  readonly view: View
  readonly fetch: typeof fetch
  /** Virtual time, where the transport has it. */
  readonly runtime: unknown
  /** Names of all events of the view: the class has to be told what to listen for. */
  readonly names: readonly string[]
}

/** A client under test. */
export interface Client {
  readonly name: string
  /** Why it cannot take part in a case, or null. */
  cannot(view: View, transport: string): string | null
  start(start: Start): Session
}
