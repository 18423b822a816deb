import type { Answer, PartialAnswer, PartialToolCall } from './answer.ts'
import type { PieceSink, ToolCallPiece } from './protocol.ts'

type Key = string | number

/**
 * Gathers pieces and joins them once, at the end: a text that grows by `+=` is copied again and again in engines
 * that flatten it, and an answer has 100,000 pieces.
 */
export class Gathering<Usage> implements PieceSink<Usage> {
  readonly #text: Texts
  readonly #reasoning: Texts
  readonly #calls = new Map<Key, Call>()
  #usage: Partial<Usage> | null
  #finishReason: string | null

  constructor(from?: PartialAnswer<Usage>) {
    this.#text = new Texts(from?.text)
    this.#reasoning = new Texts(from?.reasoning)
    for (const { key, ...call } of from?.toolCalls ?? []) {
      this.#calls.set(key, { ...call, arguments: [call.arguments] })
    }
    this.#usage = from?.usage ?? null
    this.#finishReason = from?.finishReason ?? null
  }

  text(piece: string, part: Key = 0): void {
    this.#text.add(piece, part)
  }

  reasoning(piece: string, part: Key = 0): void {
    this.#reasoning.add(piece, part)
  }

  toolCall(given: Key | undefined, piece: ToolCallPiece): void {
    const key = given ?? `#${this.#calls.size}`
    let call = this.#calls.get(key)
    if (call === undefined) {
      call = { id: '', name: '', arguments: [] }
      this.#calls.set(key, call)
    }
    if (piece.id !== undefined) call.id = piece.id
    if (piece.name !== undefined) call.name = piece.name
    if (piece.arguments !== undefined) call.arguments.push(piece.arguments)
    if (piece.input !== undefined) call.arguments = [JSON.stringify(piece.input)]
  }

  usage(usage: Partial<Usage>): void {
    this.#usage = { ...this.#usage, ...usage }
  }

  finish(reason: string): void {
    this.#finishReason = reason
  }

  /** What there is so far. */
  get partial(): PartialAnswer<Usage> {
    const toolCalls = [...this.#calls].map(([key, { id, name, arguments: pieces }]): PartialToolCall => {
      return { key, id, name, arguments: pieces.join('') }
    })
    return {
      text: this.#text.joined,
      reasoning: this.#reasoning.joined,
      toolCalls,
      usage: this.#usage,
      finishReason: this.#finishReason,
    }
  }
}

/** With the arguments parsed: for answers that are complete. */
export function completed<Usage>(partial: PartialAnswer<Usage>): Answer<Usage> {
  const toolCalls = partial.toolCalls.map((call) => ({ ...call, input: inputOf(call.arguments) }))
  return { ...partial, toolCalls }
}

interface Call {
  id: string
  name: string
  arguments: string[]
}

/** Texts that arrive interleaved, each in its own pieces, in the order in which they began. */
class Texts {
  readonly #before: string
  readonly #parts = new Map<Key, string[]>()

  constructor(before = '') {
    this.#before = before
  }

  add(piece: string, part: Key): void {
    const pieces = this.#parts.get(part)
    if (pieces === undefined) this.#parts.set(part, [piece])
    else pieces.push(piece)
  }

  get joined(): string {
    return this.#before + [...this.#parts.values()].map((pieces) => pieces.join('')).join('')
  }
}

/** A call without arguments is often sent without any text. */
function inputOf(text: string): unknown {
  if (text === '') return {}
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
