import type { EventStreamError, Outcome, StreamEvent } from '@millrace/client'

/** What a stream gave until its end, and what its iteration threw. */
export interface ReadAll<Event> {
  readonly events: readonly Event[]
  readonly data: readonly unknown[]
  readonly outcome: Outcome
  /** Null when the iteration ended normally. */
  readonly error: EventStreamError | null
}

interface Readable<Event> extends AsyncIterable<Event> {
  readonly outcome: Promise<Outcome>
}

/** Reads a stream to its end, whatever that is. */
export async function readAll<Event extends StreamEvent<unknown>>(
  stream: Readable<Event>,
  onEvent: (event: Event, count: number) => unknown = () => {},
): Promise<ReadAll<Event>> {
  const events: Event[] = []
  let error: EventStreamError | null = null
  try {
    for await (const event of stream) {
      events.push(event)
      await onEvent(event, events.length)
    }
  } catch (thrown) {
    error = thrown as EventStreamError
  }
  return { events, data: events.map(({ data }) => data), outcome: await stream.outcome, error }
}
