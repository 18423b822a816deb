import type { Outcome } from '../stream/outcome.ts'
import type { Protocol } from '../decode/protocol.ts'
import type { StreamEvent } from '../decode/stream-event.ts'

/** What a stream and a branch of one have in common: the events, and how it ended. */
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
