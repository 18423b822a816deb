import { stripVTControlCharacters } from 'node:util'
import { expect, test } from 'vitest'
import { plain } from './plain.ts'
import { screenFor } from './screen-for.ts'
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

test('terminal() keeps its status on one line, however long an event ID is', () => {
  const output = written(
    (write) => terminal(write, () => 40),
    (screen) => screen.status(`resumed at id ${'7'.repeat(60)}`),
  )
  const status = stripVTControlCharacters(output).split('\n').at(-1) ?? ''
  expect(status).toMatch(/^ {2}resumed at id 7+…$/)
  expect(status.length).toBeLessThan(40)
})

test('terminal() leaves the answer and no status behind', () => {
  const output = written((write) => terminal(write, () => 80), answer)
  const afterLastClear = output.slice(output.lastIndexOf('\u001B[J'))
  expect(stripVTControlCharacters(afterLastClear)).toBe('\ndone\n')
})

test.each([
  ['moves the cursor of a terminal', true, 'xterm', true],
  ['writes lines to a terminal that cannot move it', true, 'dumb', false],
  ['writes lines to a file', false, 'xterm', false],
])('screenFor() %s', (_, isTTY, term, moved) => {
  const output = written((write) => screenFor({ isTTY, columns: 80, write }, term), answer)
  expect(output.includes('\u001B')).toBe(moved)
})
