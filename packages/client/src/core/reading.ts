/** An event as it stood in the stream. */
export interface RawEvent {
  /** `message` where the server gave no name. */
  readonly type: string
  readonly data: string
  /** The last event ID string as of this event's blank line. */
  readonly lastEventId: string
}

/** What ends the answer. With `end: true` the answer is complete at it, and the body is read to its end; else no further. */
export type Terminator =
  /** An event with just this data: neither parsed nor handed over. */
  | { readonly type: 'data'; readonly data: string; readonly end: boolean }
  /** An event of one of these names: handed over. */
  | { readonly type: 'event'; readonly names: readonly string[]; readonly end: boolean }
  /** The app looks at each decoded event. */
  | { readonly type: 'predicate'; readonly end: boolean }
  /** Nothing was declared: the end of the body is only that. */
  | { readonly type: 'none'; readonly end: false }

/** What is known of the answer so far. A new value only where something changed, which is rare. */
export interface Reading {
  /** The terminator was met: the answer is complete. */
  readonly matched: boolean
  /** The data terminator was seen as an event's name: a likely mistake, told in the error. */
  readonly namedLikeTerminator: boolean
}

export const unread: Reading = { matched: false, namedLikeTerminator: false }

/** Before the event is decoded. */
export function isTerminator(event: RawEvent, terminator: Terminator): boolean {
  if (terminator.type === 'data') return event.data === terminator.data
  return terminator.type === 'event' && terminator.names.includes(event.type)
}

/** What is known after an event. `matched`: it is the terminator. */
export function advance(
  reading: Reading,
  event: RawEvent,
  matched: boolean,
  terminator: Terminator,
): Reading {
  if (matched) return { ...reading, matched }
  const named = terminator.type === 'data' && event.type === terminator.data
  return named && !reading.namedLikeTerminator ? { ...reading, namedLikeTerminator: true } : reading
}

/** What the end of the body means. */
export function verdictOf(reading: Reading, terminator: Terminator): 'complete' | 'ended' | 'truncated' {
  if (terminator.type === 'none') return 'ended'
  return reading.matched ? 'complete' : 'truncated'
}

/** One sentence for the error of an answer that was cut. */
export function hintOf(reading: Reading, terminator: Terminator): string {
  switch (terminator.type) {
    case 'none':
      return 'the server ended the event stream'
    case 'data': {
      const data = JSON.stringify(terminator.data)
      return reading.namedLikeTerminator
        ? `${data} came as the name of an event: did you mean until: { event: ${data} }?`
        : `the body ended before the data ${data}`
    }
    case 'event':
      return `the body ended before an event named ${terminator.names.join(' or ')}`
    case 'predicate':
      return 'the body ended before an event for which until() is true'
  }
}
