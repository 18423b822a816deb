import { Gathered } from './gathered.ts'
import type { Block } from './block.ts'

const LF = 10
/** `event: `, the longest start of a line whose value has a limit of its own. */
const LONGEST_PREFIX = 7
/** Characters kept of an unfinished line that is no field, for `onError`. */
const LONGEST_UNKNOWN = 16_384

/** Cuts text, however it arrives, into the lines of one block after another. */
export class Lines {
  readonly #block: Block
  /** The line that the last chunk left unfinished. */
  readonly rest: Gathered = new Gathered()
  /** The unfinished line can only be ignored: nothing of it is kept. */
  #skipping = false
  /** The unfinished line is no field: it is kept for `onError` alone, up to a bound. */
  #unknown = false
  /** The last chunk ended in CR: an LF that opens the next belongs to it. */
  #afterCr = false

  constructor(block: Block) {
    this.#block = block
  }

  clear(): void {
    this.rest.clear()
    this.#skipping = false
    this.#afterCr = false
  }

  /** Reads the unfinished line as if it had ended. */
  end(): void {
    const line = this.rest.text
    this.clear()
    if (line !== '') this.#block.line(line, 0, line.length)
  }

  feed(text: string, from: number): void {
    if (from === text.length) return
    let start = from
    if (this.#afterCr) {
      this.#afterCr = false
      if (text.charCodeAt(start) === LF) start++
    }
    const unfinished = this.#skipping || this.rest.text !== ''
    if (unfinished) start = this.#finish(text, start)
    if (start >= 0) start = this.#scan(text, start)
    if (start >= 0 && start < text.length) this.#keep(text.slice(start))
  }

  /** Completes the line that was left unfinished; the index after it, -1 when all of the text went into it. */
  #finish(text: string, start: number): number {
    const end = lineEnd(find(text, '\n', start), find(text, '\r', start))
    if (this.#skipping) {
      if (end === text.length) return -1
      this.#skipping = false
      return this.#after(text, end)
    }
    if (end === text.length) {
      this.#keep(text.slice(start))
      return -1
    }
    // Only this one line is joined: joining it with the whole chunk would copy the chunk.
    const line = this.rest.text + text.slice(start, end)
    this.rest.clear()
    this.#block.line(line, 0, line.length)
    return this.#block.passed ? -1 : this.#after(text, end)
  }

  /** Reads every whole line from `start`; the index of the unfinished one, -1 when a limit was passed. */
  #scan(text: string, from: number): number {
    const block = this.#block
    const length = text.length
    let start = from
    let lf = find(text, '\n', start)
    let cr = find(text, '\r', start)
    for (;;) {
      const end = lineEnd(lf, cr)
      if (end === length) return start
      block.line(text, start, end)
      if (block.passed) return -1
      start = this.#after(text, end)
      // What was found and not yet reached stays valid: searching again for each line would be quadratic.
      if (lf < start) lf = find(text, '\n', start)
      if (cr < start) cr = find(text, '\r', start)
    }
  }

  /** The index after the line end at `end`: one character, or two for CRLF. */
  #after(text: string, end: number): number {
    if (text.charCodeAt(end) === LF) return end + 1
    // [spec] A lone CR ends the line at once; whether it is half of a CRLF shows later.
    if (end + 1 === text.length) this.#afterCr = true
    return text.charCodeAt(end + 1) === LF ? end + 2 : end + 1
  }

  /** Keeps a piece of the unfinished line, unless the line can only be ignored. */
  #keep(piece: string): void {
    const { rest } = this
    const block = this.#block
    rest.add(piece)
    const start = rest.text.length - piece.length < LONGEST_PREFIX ? rest.text.slice(0, LONGEST_PREFIX) : ''
    if (start !== '') this.#unknown = !mayMatter(start, block.on.onComment !== undefined)
    if (this.#unknown) {
      if (rest.text.length <= LONGEST_UNKNOWN && isReported(rest.text, block)) return
      rest.clear()
      this.#skipping = true
      return
    }
    const { length } = rest.text
    if (!block.holds(length, () => rest.bytes())) {
      rest.clear()
      block.fail('maxBufferSize')
    } else if (
      length * 3 > block.limits.maxFieldSize &&
      !rest.text.startsWith('data') &&
      rest.bytes() > block.limits.maxFieldSize + LONGEST_PREFIX
    ) {
      rest.clear()
      block.fail('maxFieldSize')
    }
  }
}

/** Index of the character, or the text's length: then the smaller of two indices is the nearer one. */
function find(text: string, character: string, from: number): number {
  const index = text.indexOf(character, from)
  return index < 0 ? text.length : index
}

function lineEnd(lf: number, cr: number): number {
  return lf < cr ? lf : cr
}

/** Whether somebody hears of a line that is no field; an unread comment is nothing to report. */
function isReported(line: string, { on }: Block): boolean {
  return on.onError !== undefined && !line.startsWith(':')
}

/** Whether a line that starts so can be a known field, or a comment that somebody reads. */
function mayMatter(start: string, comments: boolean): boolean {
  if (start.startsWith(':')) return comments
  return ['data', 'event', 'id', 'retry'].some((name) =>
    start.length <= name.length ? name.startsWith(start) : start.startsWith(`${name}:`),
  )
}
