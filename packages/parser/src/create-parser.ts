import { asBytes } from './bytes.ts'
import { Decoder } from './decoder.ts'
import { createTextParser } from './text-parser.ts'
import type { Chunk, EventSourceParser, ParserConfig } from './types.ts'

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
  const parser = createTextParser(config)
  const decoder = new Decoder()
  /** Text that may be a part of a byte order mark; undefined once the stream's first character is known. */
  let opening: string | undefined = ''

  function feed(chunk: Chunk): void {
    if (typeof chunk === 'string') read(decoder.flush() + chunk, undefined, true)
    else {
      const bytes = asBytes(chunk)
      const text = decoder.decode(bytes)
      read(text, decoder.ascii ? bytes : undefined, false)
    }
  }

  function read(text: string, ascii: Uint8Array | undefined, raw: boolean): void {
    if (opening === undefined) parser.feed(text, ascii, 0)
    else open(opening + text, opening === '' ? ascii : undefined, raw)
  }

  // [spec] Exactly one leading U+FEFF BYTE ORDER MARK is dropped. Text may also have it as the three characters
  // that a "binary string" makes of its bytes.
  function open(text: string, ascii: Uint8Array | undefined, raw: boolean): void {
    const mark = raw && text.startsWith('\xEF') ? '\xEF\xBB\xBF' : '\uFEFF'
    if (text !== mark && mark.startsWith(text)) opening = text
    else {
      opening = undefined
      parser.feed(text, ascii, text.startsWith(mark) ? mark.length : 0)
    }
  }

  function reset(options: { consume?: boolean | undefined } = {}): void {
    if (options.consume) {
      read(decoder.flush(), undefined, false)
      parser.end()
    }
    decoder.flush()
    parser.reset()
    opening = ''
  }

  return {
    feed,
    reset,
    get pending() {
      return parser.pending()
    },
  }
}
