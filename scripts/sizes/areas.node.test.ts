import { expect, test } from 'vitest'
import { byArea } from './areas.ts'

test('byArea() sums up files by what they are for, and an error of the parser is the parser’s', () => {
  const sums = byArea({
    'packages/parser/dist/esm/errors.js': 1,
    'packages/client/dist/esm/api/error-message.js': 2,
    'packages/client/dist/esm/io/secrets.js': 4,
    'packages/client/dist/esm/core/step.js': 8,
    'packages/client/dist/esm/api/stream/event-stream.js': 16,
    'elsewhere.js': 32,
  })
  expect([...sums].filter(([, bytes]) => bytes > 0)).toEqual([
    ['parser', 1],
    ['errors: a sentence that says what to do, secrets taken out, options checked', 6],
    ['core: every transition of the connection, and what ends an answer', 8],
    ['the face: options, requests, resume, outcome, the iterable or the class', 16],
    ['the rest', 32],
  ])
})
