import { expect, test } from 'vitest'
import {
  advance,
  hintOf,
  isTerminator,
  unread,
  verdictOf,
  type RawEvent,
  type Terminator,
} from './reading.ts'

const event = (data: string, type = 'message'): RawEvent => ({ type, data, lastEventId: '' })
const byData = (end = false): Terminator => ({ type: 'data', data: '[DONE]', end })
const byName = (end = false): Terminator => ({ type: 'event', names: ['done', 'failed'], end })
const byPredicate: Terminator = { type: 'predicate', end: false }
const none: Terminator = { type: 'none', end: false }

test('isTerminator() is false of all other events', () => {
  for (const terminator of [byData(), byName(), byPredicate, none]) {
    expect(isTerminator(event('[DONE] '), terminator)).toBe(false)
  }
})

test('isTerminator() is true of the data, whatever the name of its event', () => {
  expect(isTerminator(event('[DONE]'), byData())).toBe(true)
  expect(isTerminator(event('[DONE]', 'end'), byData())).toBe(true)
})

test('isTerminator() is true of an event with any of the names', () => {
  expect(isTerminator(event('{}', 'done'), byName())).toBe(true)
  expect(isTerminator(event('{}', 'failed'), byName())).toBe(true)
})

test('advance() remembers that the answer is complete', () => {
  const named = { matched: false, namedLikeTerminator: true }
  expect(advance(named, event('[DONE]'), true, byData(true))).toEqual({ ...named, matched: true })
})

test('advance() makes no new value where nothing is learned', () => {
  expect(advance(unread, event('a'), false, byData())).toBe(unread)
  expect(advance(unread, event('a', 'done'), false, byPredicate)).toBe(unread)
})

test('advance() remembers an event that is named like the data terminator, once', () => {
  const reading = advance(unread, event('', '[DONE]'), false, byData())
  expect(reading).toEqual({ matched: false, namedLikeTerminator: true })
  expect(advance(reading, event('', '[DONE]'), false, byData())).toBe(reading)
})

test('verdictOf() says no more of a body without a terminator than that it ended', () => {
  expect(verdictOf(unread, none)).toBe('ended')
})

test('verdictOf() calls an answer complete only when its terminator came', () => {
  for (const terminator of [byData(true), byName(true), byPredicate]) {
    expect(verdictOf(unread, terminator)).toBe('truncated')
    expect(verdictOf({ ...unread, matched: true }, terminator)).toBe('complete')
  }
})

test('hintOf() names what did not come', () => {
  expect(hintOf(unread, none)).toBe('the server ended the event stream')
  expect(hintOf(unread, byData())).toBe('the body ended before the data "[DONE]"')
  expect(hintOf(unread, byName())).toBe('the body ended before an event named done or failed')
  expect(hintOf(unread, byPredicate)).toBe('the body ended before an event for which until() is true')
})

test('hintOf() tells who took a name for data what to write instead', () => {
  expect(hintOf({ ...unread, namedLikeTerminator: true }, byData())).toContain('until: { event: "[DONE]" }')
})
