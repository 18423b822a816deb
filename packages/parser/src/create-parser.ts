import { Block } from './block.ts'
import { asBytes } from './bytes.ts'
import { Decoder } from './decoder.ts'
import { defaultLimits, limitExceeded } from './limits.ts'
import { Lines } from './lines.ts'
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
  const block = new Block(config, {
    maxBufferSize: config.maxBufferSize ?? defaultLimits.maxBufferSize,
    maxFieldSize: config.maxFieldSize ?? defaultLimits.maxFieldSize,
  })
  const lines = new Lines(block)
  const decoder = new Decoder()
  /** Text that may be a part of a byte order mark; undefined once the stream's first character is known. */
  let opening: string | undefined = ''

  function feed(chunk: Chunk): void {
    if (block.passed) throw limitExceeded(block.passed, block.limits[block.passed])
    if (typeof chunk === 'string') readText(decoder.flush() + chunk, true)
    else readText(decoder.decode(asBytes(chunk)), false)
  }

  function readText(text: string, raw: boolean): void {
    if (opening === undefined) lines.feed(text, 0)
    else open(opening + text, raw)
  }

  // [spec] Exactly one leading U+FEFF BYTE ORDER MARK is dropped. Text may also have it as the three characters
  // that a "binary string" makes of its bytes.
  function open(text: string, raw: boolean): void {
    const mark = raw && text.startsWith('\xEF') ? '\xEF\xBB\xBF' : '\uFEFF'
    if (text.length < mark.length && mark.startsWith(text)) {
      opening = text
      return
    }
    opening = undefined
    lines.feed(text, text.startsWith(mark) ? mark.length : 0)
  }

  function reset(options: { consume?: boolean | undefined } = {}): void {
    if (options.consume) {
      const cut = decoder.flush()
      if (cut !== '') readText(cut, false)
      lines.end()
    }
    decoder.flush()
    lines.clear()
    block.clear()
    block.passed = undefined
    opening = ''
  }

  return {
    feed,
    reset,
    get pending() {
      return block.bytes + lines.rest.bytes() + decoder.pending
    },
  }
}
