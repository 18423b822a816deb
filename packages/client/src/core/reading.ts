import type { Verdict } from './input.ts'

/** An event as it stood in the stream. */
export interface RawEvent {
  /** `message` where the server gave no name. */
  readonly type: string
  readonly data: string
  /** The last event ID string as of this event's blank line. */
  readonly lastEventId: string
}

/** What ends the answer. */
export type Terminator = {
  /** True: the answer is complete, and the body is read on to its end. False: reading stops there. */
  readonly end: boolean
  /** What the error of an answer that was cut says. */
  readonly hint: string
} & (
  | {
      /** An event with just this data: neither parsed nor handed over. */
      readonly type: 'data'
      readonly data: string
      /** The hint in its place where it came as the name of an event: a likely mistake in `until`. */
      readonly misnamed: string
    }
  /** An event of one of these names: handed over. */
  | { readonly type: 'event'; readonly names: readonly string[] }
  /** The app looks at each decoded event. */
  | { readonly type: 'predicate' }
  /** Nothing was declared: the end of the body says nothing of the answer. */
  | { readonly type: 'none' }
)

/** Looked at before the event is decoded. */
export function isTerminator(event: RawEvent, terminator: Terminator): boolean {
  if (terminator.type === 'data') return event.data === terminator.data
  return terminator.type === 'event' && terminator.names.includes(event.type)
}

/** What the end of the body means. `matched`: the terminator was met. */
export function verdictOf(terminator: Terminator, matched: boolean): Verdict {
  if (terminator.type === 'none') return 'ended'
  return matched ? 'complete' : 'truncated'
}
