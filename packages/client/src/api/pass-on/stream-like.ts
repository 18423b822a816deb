import type { Outcome } from '../stream/outcome.ts'
import type { Protocol } from '../decode/protocol.ts'
import type { StreamEvent } from '../stream/stream-event.ts'

/** What a stream is to those who read it, and a branch of one: the events, and how it went. */
export interface StreamLike<
  Event extends StreamEvent<unknown>,
  Usage = unknown,
> extends AsyncIterable<Event> {
  readonly outcome: Promise<Outcome>
  readonly response: Promise<Response>
  readonly protocol: Protocol<StreamEvent<unknown>, Usage> | null
  /** The data that ends the answer, where there is one; it is not among the events. */
  readonly terminator: string | null
}
