import type { PieceSink } from '../decode/protocol.ts'
import type { Answer, PartialAnswer, PartialToolCall } from './answer.ts'

type Key = string | number

/**
 * Takes the pieces of an answer after those of `from`, and gives what there is so far. Texts grow by `+`, which is
 * linear as long as nobody looks in between: engines keep both halves, and copy at the first look.
 */
export function gathering<Usage>(
  from: PartialAnswer<Usage> = nothing,
): readonly [sink: PieceSink<Usage>, partial: () => PartialAnswer<Usage>] {
  const [text, wholeText] = textAfter(from.text)
  const [reasoning, wholeReasoning] = textAfter(from.reasoning)
  const [refusal, wholeRefusal] = textAfter(from.refusal)
  const calls = new Map<Key, PartialToolCall>(from.toolCalls.map((call) => [call.key, call]))
  let { usage, finishReason } = from
  const sink: PieceSink<Usage> = {
    text,
    reasoning,
    refusal,
    toolCall: (given, { id, name, arguments: more = '', input }) => {
      const key = given ?? `#${calls.size}`
      const call = calls.get(key) ?? { id: '', name: '', arguments: '' }
      const json = input === undefined ? call.arguments + more : JSON.stringify(input)
      calls.set(key, { key, id: id ?? call.id, name: name ?? call.name, arguments: json })
    },
    usage: (told) => {
      usage = { ...usage, ...told }
    },
    finish: (reason) => {
      finishReason = reason
    },
  }
  const partial = () => ({
    text: wholeText(),
    reasoning: wholeReasoning(),
    refusal: wholeRefusal(),
    toolCalls: [...calls.values()],
    usage,
    finishReason,
  })
  return [sink, partial]
}

const nothing: PartialAnswer<never> = {
  text: '',
  reasoning: '',
  refusal: '',
  toolCalls: [],
  usage: null,
  finishReason: null,
}

/** What adds a piece to a text, and what gives the whole of it: parts that arrive interleaved stand in the order in which they began. */
function textAfter(before: string): readonly [PieceSink['text'], () => string] {
  const parts = new Map<Key, string>()
  return [
    (piece, part = 0) => void parts.set(part, (parts.get(part) ?? '') + piece),
    () => before + [...parts.values()].join(''),
  ]
}

/** With the arguments parsed: for answers that are complete. */
export function completed<Usage>(partial: PartialAnswer<Usage>): Answer<Usage> {
  const toolCalls = partial.toolCalls.map((call) => ({ ...call, input: inputOf(call.arguments) }))
  return { ...partial, toolCalls }
}

/** A call without arguments is often sent without any text. */
function inputOf(text: string): unknown {
  try {
    return JSON.parse(text || '{}')
  } catch {
    return undefined
  }
}
