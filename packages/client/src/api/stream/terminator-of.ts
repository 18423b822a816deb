import type { Terminator } from '../../core/reading.ts'
import { invalid, isGiven } from '../check-options.ts'
import type { Until, UntilPredicate } from './until.ts'

/** `until` in all its forms, as the core knows it, and the predicate where there is one. */
export function terminatorOf<Event>(until: Until<Event> | undefined): {
  readonly terminator: Terminator
  readonly predicate: UntilPredicate<Event> | null
} {
  if (!isGiven(until)) return { terminator: { type: 'none' }, predicate: null }
  if (typeof until === 'string')
    return { terminator: { type: 'data', data: until, end: false }, predicate: null }
  if (typeof until === 'function') return { terminator: { type: 'predicate', end: false }, predicate: until }
  const end = until.end ?? false
  if ('data' in until) return { terminator: { type: 'data', data: until.data, end }, predicate: null }
  if ('when' in until) return { terminator: { type: 'predicate', end }, predicate: until.when }
  const names = [until.event].flat()
  if (names.length === 0 || !names.every((name) => typeof name === 'string')) {
    throw invalid('`until` must be a text or a function, or name a `data`, an `event` or a `when`')
  }
  return { terminator: { type: 'event', names, end }, predicate: null }
}
