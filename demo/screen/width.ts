const segmenter = new Intl.Segmenter()
const wide =
  /\p{Emoji_Presentation}|\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}|\p{Script=Hangul}|[\u3000-\u303F\uFF01-\uFF60]/u
const control = /^[\p{Cc}\p{Cf}]+$/u

/** The characters of a text as a reader counts them. */
export const charactersOf = (text: string): string[] =>
  Array.from(segmenter.segment(text), ({ segment }) => segment)

/** Columns that a text takes on a terminal. */
export const widthOf = (text: string): number =>
  charactersOf(text).reduce((sum, character) => sum + columns(character), 0)

/** The text, or as much of its start as so many columns hold. */
export function clip(text: string, columns: number): string {
  if (widthOf(text) <= columns) return text
  let start = ''
  for (const character of charactersOf(text)) {
    if (widthOf(start + character) >= columns) break
    start += character
  }
  return `${start}…`
}

function columns(character: string): number {
  if (control.test(character)) return 0
  return wide.test(character) ? 2 : 1
}
