import type { AnswerPieces } from '../decode/protocol.ts'
import type { PartialAnswer } from './answer.ts'

type Key = string | number

/** What tells pieces apart. */
interface Part {
  readonly key?: Key | undefined
  readonly id?: string | undefined
  readonly name?: string | undefined
}

/**
 * Pieces with the same key together, in the order in which they began. A piece without a key is alone. One with a name and
 * another ID than the first begins anew: Gemini and Ollama, asked as OpenAI is, give all calls the same index. Without a
 * name it does not: some services make up an ID for each piece.
 */
function grouped<Piece extends Part>(pieces: readonly Piece[]): Piece[][] {
  const latest = new Map<Key | Piece, Piece[]>()
  const groups: Piece[][] = []
  for (const piece of pieces) {
    const { key = piece, id, name } = piece
    let group = latest.get(key)
    if (!group || (name && id && id !== group[0]?.id)) {
      group = []
      groups.push(group)
      latest.set(key, group)
    }
    group.push(piece)
  }
  return groups
}

/** The type of what one piece says; of a list, that of an item. */
type Said<Value> = NonNullable<Value> extends readonly (infer Item)[] ? Item : NonNullable<Value>

/** What the pieces say under this name; an empty value says nothing. */
function every<Piece, Member extends keyof Piece>(
  pieces: readonly Piece[],
  member: Member,
): Said<Piece[Member]>[] {
  return pieces.flatMap((piece) => (piece[member] || []) as Said<Piece[Member]>)
}

/**
 * What is only claimed to be text. Of anything else it is the JSON: an object of a server's may refuse any other form. Lists
 * of lists, a few thousand deep, have no form at all.
 */
function asText(said: unknown): string | undefined {
  try {
    return typeof said === 'string' ? said : JSON.stringify(said)
  } catch {
    // `join` takes what is undefined for nothing.
  }
}

/** What was received, from its pieces. They are joined once, at the end, which takes linear time. */
export function answerOf<Usage>(received: readonly AnswerPieces<Usage>[]): PartialAnswer<Usage> {
  const texts = grouped(received).flat()
  return {
    text: every(texts, 'text').map(asText).join(''),
    reasoning: every(texts, 'reasoning').map(asText).join(''),
    refusal: every(texts, 'refusal').map(asText).join(''),
    toolCalls: grouped(every(received, 'toolCalls'))
      .map((pieces, nth) => ({
        key: pieces[0]?.key ?? nth,
        id: every(pieces, 'id')[0] ?? '',
        name: every(pieces, 'settled')[0] ? '' : (every(pieces, 'name')[0] ?? ''),
        arguments: every(pieces, 'whole')[0] ?? every(pieces, 'arguments').map(asText).join(''),
      }))
      // What is no call of the app's: nobody could carry it out, or somebody else does.
      .filter((call) => call.name),
    usage: every(received, 'usage').reduce<Partial<Usage> | null>(
      (all, more) => Object.assign(all ?? {}, more),
      null,
    ),
    finishReason: every(received, 'finishReason').at(-1) ?? null,
    ...every(received, 'whole').at(-1),
  }
}
