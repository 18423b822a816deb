import { styleText } from 'node:util'
import type { Screen, Write } from './screen.ts'
import { clip } from './width.ts'
import { wrap } from './wrap.ts'

const clearToEnd = '\u001B[J'
const up = (lines: number): string => `\u001B[${lines}A`
const toColumn = (column: number): string => `\u001B[${column + 1}G`

/**
 * A terminal: the answer grows in its place, one quiet line under it says what the connection is doing. Moves
 * are relative, so they hold when the screen scrolls.
 */
export function terminal(write: Write, columns: () => number): Screen {
  let column = 0
  let phrase = ''

  const redraw = (text: string): void => {
    // It has to stay one line, or the way back up would be another.
    const quiet = styleText('dim', clip(phrase, columns() - 3))
    const status = phrase === '' ? '' : `\n\n  ${quiet}${up(2)}${toColumn(column)}`
    write(`${clearToEnd}${text}${status}`)
  }

  return {
    write(text) {
      const wrapped = wrap(text, column, Math.min(columns(), 100) - 1)
      column = wrapped.column
      redraw(wrapped.text)
    },
    status(next) {
      phrase = next
      redraw('')
    },
    finish() {
      phrase = ''
      redraw(column === 0 ? '' : '\n')
      column = 0
    },
    line: (text = '') => write(`${text}\n`),
  }
}
