import { EventParser } from './event-parser.ts'
import type { EventSourceParser, ParserConfig } from './types.ts'

/**
 * A parser that calls back: `feed()` takes the stream in pieces of any size, as bytes or text, and calls the callbacks
 * for what it finds before it returns. Limits, 16 MiB for an event and 64 KiB for a field, are on by default.
 *
 * ```ts
 * const parser = createParser({ onEvent: ({ event, data }) => console.log(event, data) })
 * for await (const chunk of response.body) parser.feed(chunk)
 * ```
 * @throws {TypeError} when `config` is a function: give an object that holds it as `onEvent`.
 */
export function createParser(config: ParserConfig): EventSourceParser {
  if (typeof config === 'function') {
    throw new TypeError(
      '`config` must be an object, got a function instead. Did you mean `createParser({onEvent: fn})`?',
    )
  }
  return new EventParser(config)
}
