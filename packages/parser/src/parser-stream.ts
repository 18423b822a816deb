import { createParser } from './create-parser.ts'
import type { ParseError } from './errors.ts'
import type { Chunk, EventSourceMessage, ParserCallbacks, ParserLimits } from './types.ts'

export interface StreamOptions extends Pick<ParserCallbacks, 'onId' | 'onRetry' | 'onComment'>, ParserLimits {
  /**
   * A function is told of each error; `'terminate'` makes the first one the stream's. Otherwise what the
   * standard ignores is ignored. A limit that was passed always errors the stream.
   */
  onError?: 'terminate' | ((error: ParseError) => void) | undefined
}

/**
 * A TransformStream from bytes or text to events.
 *
 * ```ts
 * const events = response.body.pipeThrough(new EventSourceParserStream())
 * ```
 */
export class EventSourceParserStream extends TransformStream<Chunk, EventSourceMessage> {
  // Of its own, in front of the inherited ones: a TransformStream turns its back-pressure off and on for each event,
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

/** A chunk that was written before anybody asked for an event. */
interface Waiting {
  parse: () => void
  giveUp: (reason: unknown) => void
}

/** As a TransformStream would: a chunk is parsed once an event is asked for, and an error is one of both sides. */
function sidesOf(options: StreamOptions): ReadableWritablePair<EventSourceMessage, Chunk> {
  let events: ReadableStreamDefaultController<EventSourceMessage>
  let chunks: WritableStreamDefaultController
  /** Somebody has asked for an event, and has none yet. */
  let asked = false
  let waiting: Waiting | undefined

  const parser = createParser({
    ...options,
    onEvent(event) {
      asked = false
      events.enqueue(event)
    },
    onError(error) {
      if (typeof options.onError === 'function') options.onError(error)
      if (options.onError === 'terminate' || error.option) {
        events.error(error)
        chunks.error(error)
      }
    },
  })

  async function parse(chunk: Chunk): Promise<void> {
    try {
      parser.feed(chunk)
    } catch (error) {
      events.error(error)
      throw error
    }
  }

  const readable = new ReadableStream<EventSourceMessage>(
    {
      start: (controller) => void (events = controller),
      pull() {
        asked = true
        const chunk = waiting
        waiting = undefined
        chunk?.parse()
      },
      cancel(reason) {
        chunks.error(reason)
        waiting?.giveUp(reason)
      },
    },
    { highWaterMark: 0 },
  )
  const writable = new WritableStream<Chunk>({
    start: (controller) => void (chunks = controller),
    write(chunk) {
      if (asked) return parse(chunk)
      // Parsed by the very call that asks: to wait for a promise first would take as long as an event (W1 at one
      // event a chunk).
      return new Promise((written, giveUp) => {
        waiting = { parse: () => written(parse(chunk)), giveUp }
      })
    },
    close: () => events.close(),
    abort: (reason) => events.error(reason),
  })
  return { readable, writable }
}
