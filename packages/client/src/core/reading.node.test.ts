import { expect, test } from 'vitest'
import {
  advance,
  hintOf,
  matchedEvent,
  read,
  unread,
  verdictOf,
  type RawEvent,
  type Terminator,
} from './reading.ts'

const event = (data: string, type = 'message'): RawEvent => ({ type, data, lastEventId: '' })
const byData = (end = false): Terminator => ({ type: 'data', data: '[DONE]', end })
const byName = (end = false): Terminator => ({ type: 'event', names: ['done', 'failed'], end })
const byPredicate: Terminator = { type: 'predicate', end: false }
const none: Terminator = { type: 'none' }

test('read() hands over what is no terminator', () => {
  for (const terminator of [byData(), byName(), byPredicate, none]) {
    expect(read(event('[DONE] '), terminator)).toEqual({ hand: true, next: 'go-on' })
  }
})

test('read() neither hands over nor goes beyond a data terminator', () => {
  expect(read(event('[DONE]'), byData())).toEqual({ hand: false, next: 'finish' })
})

test('read() takes a data terminator whatever its name', () => {
  expect(read(event('[DONE]', 'end'), byData())).toEqual({ hand: false, next: 'finish' })
})

test('read() hands over the event that ends the answer, whichever of the names it has', () => {
  expect(read(event('{}', 'done'), byName())).toEqual({ hand: true, next: 'finish' })
  expect(read(event('{}', 'failed'), byName())).toEqual({ hand: true, next: 'finish' })
})

test('read() goes on to the end of the body after a terminator with end: true', () => {
  expect(read(event('[DONE]'), byData(true))).toEqual({ hand: false, next: 'mark' })
  expect(read(event('{}', 'done'), byName(true))).toEqual({ hand: true, next: 'mark' })
})

test('matchedEvent() is for predicates what read() is for names', () => {
  expect(matchedEvent(false)).toEqual({ hand: true, next: 'finish' })
  expect(matchedEvent(true)).toEqual({ hand: true, next: 'mark' })
})

test('advance() remembers that the answer is complete', () => {
  const decision = read(event('[DONE]'), byData(true))
  const reading = advance(unread, event('[DONE]'), decision, byData(true))
  expect(reading.matched).toBe(true)
  expect(advance(reading, event('[DONE]'), decision, byData(true))).toBe(reading)
})

test('advance() makes no new value where nothing is learned', () => {
  const decision = read(event('a'), byData())
  expect(advance(unread, event('a'), decision, byData())).toBe(unread)
  expect(advance(unread, event('a', 'done'), { hand: true, next: 'go-on' }, byPredicate)).toBe(unread)
})

test('advance() remembers an event that is named like the data terminator, once', () => {
  const decision = read(event('', '[DONE]'), byData())
  const reading = advance(unread, event('', '[DONE]'), decision, byData())
  expect(reading).toEqual({ matched: false, namedLikeTerminator: true })
  expect(advance(reading, event('', '[DONE]'), decision, byData())).toBe(reading)
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
