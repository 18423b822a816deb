import { expect, test } from 'vitest'
import { isTerminator, verdictOf, type RawEvent, type Terminator } from './reading.ts'

const event = (data: string, type = 'message'): RawEvent => ({ type, data, lastEventId: '' })
const rest = { end: false, hint: '' }
const byData: Terminator = { ...rest, type: 'data', data: '[DONE]', misnamed: '' }
const byName: Terminator = { ...rest, type: 'event', names: ['done', 'failed'] }
const byPredicate: Terminator = { ...rest, type: 'predicate' }
const none: Terminator = { ...rest, type: 'none' }

test('isTerminator() is false of all other events', () => {
  for (const terminator of [byData, byName, byPredicate, none]) {
    expect(isTerminator(event('[DONE] '), terminator)).toBe(false)
  }
})

test('isTerminator() is true of the data, whatever the name of its event', () => {
  expect(isTerminator(event('[DONE]'), byData)).toBe(true)
  expect(isTerminator(event('[DONE]', 'end'), byData)).toBe(true)
})

test('isTerminator() is true of an event with any of the names', () => {
  expect(isTerminator(event('{}', 'done'), byName)).toBe(true)
  expect(isTerminator(event('{}', 'failed'), byName)).toBe(true)
})

test('verdictOf() says no more of a body without a terminator than that it ended', () => {
  expect(verdictOf(none, false)).toBe('ended')
})

test('verdictOf() calls an answer complete only when its terminator came', () => {
  for (const terminator of [byData, byName, byPredicate]) {
    expect(verdictOf(terminator, false)).toBe('truncated')
    expect(verdictOf(terminator, true)).toBe('complete')
  }
})
