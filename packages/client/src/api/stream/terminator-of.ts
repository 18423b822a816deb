import type { Terminator } from '../../core/reading.ts'
import { invalid, isGiven } from '../check-options.ts'
import type { Until, UntilPredicate } from './until.ts'

/** `until` in all its forms, as the core knows it, and the predicate where there is one. */
export function terminatorOf<Event>(until: Until<Event> | undefined): {
  readonly terminator: Terminator
  readonly predicate: UntilPredicate<Event> | null
} {
  if (!isGiven(until)) return { terminator: { type: 'none', end: false }, predicate: null }
  if (typeof until === 'string') return terminatorOf({ data: until })
  if (typeof until === 'function') return terminatorOf({ when: until })
  const { end = false } = until
  if ('data' in until) return { terminator: { type: 'data', data: until.data, end }, predicate: null }
  if ('when' in until) return { terminator: { type: 'predicate', end }, predicate: until.when }
  const names = [until.event].flat()
  if (typeof names[0] !== 'string') throw invalid('`until` names no `data`, `event` or `when`')
  return { terminator: { type: 'event', names, end }, predicate: null }
}
