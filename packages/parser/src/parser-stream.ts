import { sidesOf } from './stream-sides.ts'
import type { StreamOptions } from './stream-sides.ts'
import type { Chunk, EventSourceMessage } from './types.ts'

/**
 * A TransformStream from bytes or text to events. It parses a chunk only when an event is asked for. A limit that is
 * passed errors it with a `ParseError`.
 *
 * ```ts
 * const events = response.body.pipeThrough(new EventSourceParserStream())
 * for await (const event of events) console.log(event.data) // in WebKit, too
 * ```
 */
export class EventSourceParserStream extends TransformStream<Chunk, EventSourceMessage> {
  // Two sides of its own hide the inherited ones: a TransformStream turns its back-pressure off and on for each event,
  // and takes a quarter longer for many events a chunk (W1 at 16 KB).
  override readonly readable: ReadableStream<EventSourceMessage>
  override readonly writable: WritableStream<Chunk>

  constructor(options: StreamOptions = {}) {
    super()
    const { readable, writable } = sidesOf(options)
    this.readable = readable
    this.writable = writable
  }
}
