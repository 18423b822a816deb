import { createParser } from './create-parser.ts'
import type { ParseError } from './errors.ts'
import type { Chunk, EventSourceMessage, EventSourceParser, ParserCallbacks, ParserLimits } from './types.ts'

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
  constructor(options: StreamOptions = {}) {
    let parser: EventSourceParser
    super({
      start(controller) {
        parser = createParser({
          ...options,
          onEvent: (event) => controller.enqueue(event),
          onError(error) {
            if (typeof options.onError === 'function') options.onError(error)
            if (options.onError === 'terminate' || error.option) controller.error(error)
          },
        })
      },
      transform: (chunk) => parser.feed(chunk),
    })
  }
}
