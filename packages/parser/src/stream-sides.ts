import { createParser } from './create-parser.ts'
import { eventSide } from './event-side.ts'
import { ParseError } from './errors.ts'
import type { Chunk, EventSourceMessage, ParserCallbacks, ParserLimits } from './types.ts'

/** Options of `EventSourceParserStream`. */
export interface StreamOptions extends Pick<ParserCallbacks, 'onId' | 'onRetry' | 'onComment'>, ParserLimits {
  /**
   * A function is called for each error; `'terminate'` errors the stream at the first. By default what the standard
   * ignores is ignored. A limit that was passed always errors the stream.
   */
  onError?: 'terminate' | ((error: ParseError) => void) | undefined
}

/** A chunk that was written before anybody asked for an event. */
interface Waiting {
  parse: () => void
  giveUp: (reason: unknown) => void
}

/** As a TransformStream would have it: a chunk is parsed once an event is asked for, and an error errors both sides. */
export function sidesOf(options: StreamOptions): ReadableWritablePair<EventSourceMessage, Chunk> {
  let chunks: WritableStreamDefaultController
  let waiting: Waiting | undefined

  const events = eventSide({
    ask() {
      const chunk = waiting
      waiting = undefined
      chunk?.parse()
    },
    cancel(reason) {
      chunks.error(reason)
      waiting?.giveUp(reason)
    },
  })

  const parser = createParser({
    ...options,
    onEvent: events.give,
    onError(error) {
      if (typeof options.onError === 'function') options.onError(error)
      const terminates = options.onError === 'terminate'
      if (!terminates && !error.option) return
      events.fail(error)
      chunks.error(error)
      // Ends `feed()`: no event of the chunk that is behind it must be given. A limit ends it by itself.
      if (terminates) throw error
    },
  })

  async function parse(chunk: Chunk): Promise<void> {
    try {
      parser.feed(chunk)
    } catch (error) {
      // Both sides have it already: whoever wrote is told there, as by any TransformStream.
      if (options.onError === 'terminate' && error instanceof ParseError) return
      events.fail(error)
      throw error
    }
  }

  const writable = new WritableStream<Chunk>({
    start: (controller) => void (chunks = controller),
    write(chunk) {
      if (events.isAsked()) return parse(chunk)
      // Parsed within the call that asks for an event: to wait for a promise first would take as long as an event does
      // (W1 at one event a chunk).
      return new Promise((written, giveUp) => {
        waiting = { parse: () => written(parse(chunk)), giveUp }
      })
    },
    close: events.close,
    abort: events.fail,
  })
  return { readable: events.readable, writable }
}
