import type { Random } from '../../../../test/support/random.ts'

const utf8 = new TextEncoder()
const words = [
  'data:',
  'data: ',
  'event: ',
  'id:',
  'retry: 1',
  ':',
  '\n',
  '\r',
  '\r\n',
  '\n\n',
  '\r\r',
  '\uFEFF',
  '水',
  '🏞',
  '\0',
]
const tokens: readonly Uint8Array[] = words.map((word) => utf8.encode(word))

function below(random: Random, limit: number): number {
  return Math.floor(random() * limit)
}

/** One small change: a byte, a token, a piece copied, dropped or moved in from another input. */
export function mutate(input: Uint8Array, other: Uint8Array, random: Random): Uint8Array {
  const at = below(random, input.length + 1)
  const until = Math.min(input.length, at + 1 + below(random, 8))
  const [before, piece, after] = [input.subarray(0, at), input.subarray(at, until), input.subarray(until)]
  switch (below(random, 6)) {
    case 0:
      return join(before, Uint8Array.of(below(random, 256)), after)
    case 1:
      return join(before, tokens[below(random, tokens.length)] ?? piece, piece, after)
    case 2:
      return join(before, piece, piece, after)
    case 3:
      return join(before, after)
    case 4:
      return join(before, other.subarray(below(random, other.length + 1)))
    default:
      return join(after, before)
  }
}

/** The input in chunks, cut anywhere, some of them empty. */
export function cut(input: Uint8Array, random: Random): Uint8Array[] {
  const chunks: Uint8Array[] = []
  const longest = 1 + below(random, 20)
  for (let at = 0; at < input.length;) {
    const length = below(random, longest + 1)
    chunks.push(input.slice(at, at + length))
    at += length
  }
  return chunks
}

function join(...parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    bytes.set(part, at)
    at += part.length
  }
  return bytes
}
