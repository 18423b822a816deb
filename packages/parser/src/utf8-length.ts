/** Bytes that texts take as UTF-8, all together. */
export function utf8Length(...texts: (string | null | undefined)[]): number {
  return new TextEncoder().encode(texts.join('')).length
}
