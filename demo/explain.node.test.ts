import { expect, test } from 'vitest'
import { errorIn } from './explain.ts'

const event = (type: string, data: string) => ({ type, data, raw: data, lastEventId: '' })

test.each([
  ['error', '{"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}', 'Overloaded'],
  ['error', '{"detail":"gone"}', 'gone'],
  ['error', 'no more\r\ntoday', 'no more'],
  ['error', '{"code":5}', 'without a message'],
  ['message', '{"error":{"message":"No quota","code":429}}', 'No quota'],
  ['message', '{"error":"No quota"}', 'No quota'],
])('errorIn() finds what an event %s says with %s', (type, data, message) => {
  expect(errorIn(event(type, data))).toEqual({ message })
})

test.each([
  ['message', '{"choices":[{"delta":{"content":"error"}}]}'],
  ['message', '{"error":null,"message":"fine","detail":"fine"}'],
  ['message', 'error'],
])('errorIn() takes an event %s with %s for no error', (type, data) => {
  expect(errorIn(event(type, data))).toBeNull()
})
