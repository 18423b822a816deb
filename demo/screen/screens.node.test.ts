import { stripVTControlCharacters } from 'node:util'
import { expect, test } from 'vitest'
import { plain } from './plain.ts'
import type { Screen, Write } from './screen.ts'
import { terminal } from './terminal.ts'

function written(make: (write: Write) => Screen, use: (screen: Screen) => void): string {
  let all = ''
  use(make((text) => (all += text)))
  return all
}

const answer = (screen: Screen) => {
  screen.status('connecting')
  screen.write('The')
  screen.write(' mill')
  screen.status('waiting 1.2 s')
  screen.status('resumed at id 2')
  screen.write(' turns.')
  screen.finish()
  screen.line('done')
}

test('plain() writes whole lines, and what the connection does between brackets', () => {
  expect(written(plain, answer)).toBe(
    '[connecting]\nThe mill\n[waiting 1.2 s]\n[resumed at id 2]\nturns.\ndone\n',
  )
})

test('plain() has no line longer than 100 columns', () => {
  const lines = written(plain, (screen) => {
    for (let i = 0; i < 100; i += 1) screen.write(' word')
    screen.finish()
  }).split('\n')
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(100)
  expect(lines.join(' ').match(/word/g)).toHaveLength(100)
})

test('terminal() puts the status under the answer and returns to where the answer goes on', () => {
  const output = written(
    (write) => terminal(write, () => 80),
    (screen) => {
      screen.write('The mill')
      screen.status('open')
    },
  )
  expect(stripVTControlCharacters(output).endsWith('\n\n  open')).toBe(true)
  expect(output.endsWith('\u001B[2A\u001B[9G')).toBe(true)
})

test('terminal() leaves the answer and no status behind', () => {
  const output = written((write) => terminal(write, () => 80), answer)
  const afterLastClear = output.slice(output.lastIndexOf('\u001B[J'))
  expect(stripVTControlCharacters(afterLastClear)).toBe('\ndone\n')
})
