import { asBytes } from './bytes.ts'
import { createDecoder } from './decoder.ts'
import { TextParser } from './text-parser.ts'
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
  const parser = new TextParser(config)
  const decoder = createDecoder(read)
  /** Text that may be a part of a byte order mark; undefined once the stream's first character is known. */
  let opening: string | undefined = ''

  function feed(chunk: Chunk): void {
    if (typeof chunk === 'string') read(decoder.flush() + chunk, undefined, true)
    else decoder.decode(asBytes(chunk))
  }

  // [spec] Exactly one leading U+FEFF BYTE ORDER MARK is dropped. Text may also have it as the three characters
  // that a "binary string" (`raw`) makes of its bytes.
  function read(text: string, ascii?: Uint8Array, raw?: boolean): void {
    if (opening === undefined) return parser.feed(text, ascii)
    const first = opening + text
    opening = raw && '\xEF\xBB'.startsWith(first) ? first : undefined
    if (opening === undefined) parser.feed(first.replace(raw ? /^(\uFEFF|\xEF\xBB\xBF)/ : /^\uFEFF/, ''))
  }

  function reset({ consume }: { consume?: boolean | undefined } = {}): void {
    const cut = decoder.flush()
    if (consume) parser.end(cut)
    parser.reset()
    opening = ''
  }

  return new Parser(parser, feed, reset)
}

/** A class, since an object literal with a getter is a dictionary in V8, which takes 0.3 kB more. */
class Parser implements EventSourceParser {
  readonly feed: EventSourceParser['feed']
  readonly reset: EventSourceParser['reset']
  readonly #text: TextParser

  constructor(text: TextParser, feed: EventSourceParser['feed'], reset: EventSourceParser['reset']) {
    this.#text = text
    this.feed = feed
    this.reset = reset
  }

  get pending(): number {
    return this.#text.pending
  }
}
