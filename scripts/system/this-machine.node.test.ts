import { join } from 'node:path'
import { expect, test } from 'vitest'
import { root } from '../root.ts'
import { thisMachine } from './this-machine.ts'

test.each([
  ['a program', process.execPath, true],
  ['a folder', root, false],
  ['a file that is no program', join(root, 'package.json'), false],
  ['what is not there', join(root, 'no-such-program'), false],
])('isExecutable() of %s', (_, path, expected) => {
  expect(thisMachine().isExecutable(path)).toBe(expected)
})

test.each([
  ['--version', true],
  ['--no-such-option', false],
])('answers() of a program that is given %s', (argument, expected) => {
  expect(thisMachine().answers(process.execPath, [argument])).toBe(expected)
})
