import { charactersOf, widthOf } from './width.ts'

export interface Wrapped {
  /** What to write, with line breaks put in. */
  readonly text: string
  /** The column after it. */
  readonly column: number
}

/**
 * Fits the next piece of a text into lines of `columns`, from where the last piece ended. A word that does
 * not fit goes to the next line; one that is longer than a line is broken.
 */
export function wrap(piece: string, from: number, columns: number): Wrapped {
  let text = ''
  let column = from
  for (const part of piece.match(/\n|[^\S\n]+|\S+/gu) ?? []) {
    const width = widthOf(part)
    if (part === '\n') [text, column] = [`${text}\n`, 0]
    else if (column + width <= columns) [text, column] = [text + part, column + width]
    else if (part.trim() === '') [text, column] = [`${text}\n`, 0]
    else {
      const start = column === 0 ? '' : '\n'
      const broken = breakWord(part, columns)
      ;[text, column] = [text.replace(/[^\S\n]+$/, '') + start + broken.text, broken.column]
    }
  }
  return { text, column }
}

function breakWord(word: string, columns: number): Wrapped {
  let text = ''
  let column = 0
  for (const character of charactersOf(word)) {
    const width = widthOf(character)
    if (column + width > columns) [text, column] = [`${text}\n`, 0]
    text += character
    column += width
  }
  return { text, column }
}
