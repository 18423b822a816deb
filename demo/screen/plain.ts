import type { Screen, Write } from './screen.ts'
import { widthOf } from './width.ts'
import { wrap } from './wrap.ts'

const columns = 100

/** No terminal, so a log: whole lines, those of the connection between brackets. */
export function plain(write: Write): Screen {
  let line = ''
  /** A line of the connection stands between two halves of a line of the answer. */
  let interrupted = false

  const settle = (): void => {
    if (line !== '') write(`${line}\n`)
    line = ''
  }

  return {
    write(text) {
      const next = interrupted ? text.replace(/^ +/, '') : text
      interrupted = false
      const whole = (line + wrap(next, widthOf(line), columns).text).split('\n')
      line = whole.pop() ?? ''
      if (whole.length > 0) write(`${whole.join('\n')}\n`)
    },
    status(phrase) {
      interrupted ||= line !== ''
      settle()
      if (phrase !== '') write(`[${phrase}]\n`)
    },
    finish: settle,
    line: (text = '') => write(`${text}\n`),
  }
}
