/** An event as it stood in the stream. */
export interface RawEvent {
  /** `message` where the server gave no name. */
  readonly type: string
  readonly data: string
  /** The last event ID string as of this event's blank line. */
  readonly lastEventId: string
}

/** What ends the answer. */
export type Terminator =
  /** An event with just this data: neither parsed nor handed over. */
  | { readonly type: 'data'; readonly data: string; readonly end: boolean }
  /** An event of one of these names: handed over, then the body is cancelled. */
  | { readonly type: 'event'; readonly names: readonly string[]; readonly end: boolean }
  /** The app looks at each decoded event. */
  | { readonly type: 'predicate'; readonly end: boolean }
  /** Nothing was declared: the end of the body is only that. */
  | { readonly type: 'none' }

/** What is known of the answer so far. A new value only where something changed, which is rare. */
export interface Reading {
  /** A terminator with `end: true` was met: the answer is complete, the body goes on to its end. */
  readonly matched: boolean
  /** The data terminator was seen as an event's name: a likely mistake, told in the error. */
  readonly namedLikeTerminator: boolean
}

export const unread: Reading = { matched: false, namedLikeTerminator: false }

/** What is to be done with an event. `mark`: the answer is complete, reading goes on. */
export interface Decision {
  readonly hand: boolean
  readonly next: 'go-on' | 'mark' | 'finish'
}

export const handOver: Decision = { hand: true, next: 'go-on' }
const handAndFinish: Decision = { hand: true, next: 'finish' }
const handAndMark: Decision = { hand: true, next: 'mark' }
const swallowAndFinish: Decision = { hand: false, next: 'finish' }
const swallowAndMark: Decision = { hand: false, next: 'mark' }

/** Before the event is decoded: is it the terminator? */
export function read(event: RawEvent, terminator: Terminator): Decision {
  switch (terminator.type) {
    case 'data':
      if (event.data !== terminator.data) return handOver
      return terminator.end ? swallowAndMark : swallowAndFinish
    case 'event':
      return terminator.names.includes(event.type) ? matchedEvent(terminator.end) : handOver
    default:
      return handOver
  }
}

/** The event that ends the answer is handed over, too. */
export function matchedEvent(end: boolean): Decision {
  return end ? handAndMark : handAndFinish
}

/** What is known after an event. */
export function advance(
  reading: Reading,
  event: RawEvent,
  decision: Decision,
  terminator: Terminator,
): Reading {
  if (decision.next === 'mark') return reading.matched ? reading : { ...reading, matched: true }
  if (terminator.type === 'data' && event.type === terminator.data && !reading.namedLikeTerminator) {
    return { ...reading, namedLikeTerminator: true }
  }
  return reading
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
    case 'data':
      return reading.namedLikeTerminator
        ? `no event had the data ${JSON.stringify(terminator.data)}, but one had it as its name: did you mean until: { event: ${JSON.stringify(terminator.data)} }?`
        : `the body ended before the data ${JSON.stringify(terminator.data)}`
    case 'event':
      return `the body ended before an event named ${terminator.names.join(' or ')}`
    case 'predicate':
      return 'the body ended before an event for which until() is true'
  }
}
