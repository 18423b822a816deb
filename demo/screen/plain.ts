import type { Screen, Write } from './screen.ts'
import { widthOf } from './width.ts'
import { wrap } from './wrap.ts'

const columns = 100

/** No terminal, so a log: whole lines, those of the connection between brackets. */
export function plain(write: Write): Screen {
  let line = ''

  const settle = (): void => {
    if (line !== '') write(`${line}\n`)
    line = ''
  }

  return {
    write(text) {
      const whole = (line + wrap(text, widthOf(line), columns).text).split('\n')
      line = whole.pop() ?? ''
      if (whole.length > 0) write(`${whole.join('\n')}\n`)
    },
    status(phrase) {
      settle()
      if (phrase !== '') write(`[${phrase}]\n`)
    },
    finish: settle,
    line: (text = '') => write(`${text}\n`),
  }
}
