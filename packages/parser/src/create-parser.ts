import { EventParser } from './event-parser.ts'
import type { EventSourceParser, ParserConfig } from './types.ts'

/**
 * A parser that is fed and calls back: `feed()` takes the stream in pieces of any size, as bytes or text, and
 * tells what it finds while it runs.
 *
 * ```ts
 * const parser = createParser({ onEvent: ({ event, data }) => console.log(event, data) })
 * for await (const chunk of response.body) parser.feed(chunk)
 * ```
 */
export function createParser(config: ParserConfig): EventSourceParser {
  if (typeof config === 'function') {
    throw new TypeError(
      '`config` must be an object, got a function instead. Did you mean `createParser({onEvent: fn})`?',
    )
  }
  return new EventParser(config)
}
