import type { Answer, PartialAnswer } from './answer.ts'
import type { PieceSink, ToolCallPiece } from '../decode/protocol.ts'

type Key = string | number
/** Texts that arrive interleaved, each in its own pieces, in the order in which they began. */
type Texts = Map<Key, string[]>

interface Call {
  id: string
  name: string
  pieces: string[]
}

/**
 * Gathers pieces and joins them once, at the end: a text that grows by `+=` is copied again and again in engines
 * that flatten it, and an answer has 100,000 pieces.
 */
export class Gathering<Usage> implements PieceSink<Usage> {
  readonly #text: Texts = new Map()
  readonly #reasoning: Texts = new Map()
  readonly #calls = new Map<Key, Call>()
  #usage: Partial<Usage> | null = null
  #finishReason: string | null = null

  constructor(from?: PartialAnswer<Usage>) {
    if (from === undefined) return
    this.text(from.text, 'before')
    this.reasoning(from.reasoning, 'before')
    for (const call of from.toolCalls) this.toolCall(call.key, call)
    this.#usage = from.usage
    this.#finishReason = from.finishReason
  }

  text(piece: string, part: Key = 0): void {
    add(this.#text, part, piece)
  }

  reasoning(piece: string, part: Key = 0): void {
    add(this.#reasoning, part, piece)
  }

  toolCall(given: Key | undefined, piece: ToolCallPiece): void {
    const key = given ?? `#${this.#calls.size}`
    const call = this.#calls.get(key) ?? { id: '', name: '', pieces: [] }
    this.#calls.set(key, call)
    call.id = piece.id ?? call.id
    call.name = piece.name ?? call.name
    if (piece.arguments !== undefined) call.pieces.push(piece.arguments)
    if (piece.input !== undefined) call.pieces = [JSON.stringify(piece.input)]
  }

  usage(usage: { readonly [Member in keyof Usage]?: Usage[Member] | null }): void {
    const all: Partial<Usage> = { ...this.#usage }
    for (const member in usage) {
      const value = usage[member]
      if (value !== null && value !== undefined) all[member] = value
    }
    this.#usage = all
  }

  finish(reason: string): void {
    this.#finishReason = reason
  }

  /** What there is so far. */
  get partial(): PartialAnswer<Usage> {
    return {
      text: joined(this.#text),
      reasoning: joined(this.#reasoning),
      toolCalls: Array.from(this.#calls, ([key, { id, name, pieces }]) => {
        return { key, id, name, arguments: pieces.join('') }
      }),
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

function add(texts: Texts, part: Key, piece: string): void {
  const pieces = texts.get(part)
  if (pieces === undefined) texts.set(part, [piece])
  else pieces.push(piece)
}

function joined(texts: Texts): string {
  return [...texts.values()].flat().join('')
}

/** A call without arguments is often sent without any text. */
function inputOf(text: string): unknown {
  try {
    return JSON.parse(text || '{}')
  } catch {
    return undefined
  }
}
