import type { Terminator } from '../../core/reading.ts'
import type { Until, UntilPredicate } from './until.ts'

/** `until` in all its forms, as the core knows it, and the predicate where there is one. */
export function terminatorOf<Event>(until: Until<Event> | undefined): {
  readonly terminator: Terminator
  readonly predicate: UntilPredicate<Event> | null
} {
  if (until === undefined) return { terminator: { type: 'none' }, predicate: null }
  if (typeof until === 'string')
    return { terminator: { type: 'data', data: until, end: false }, predicate: null }
  if (typeof until === 'function') return { terminator: { type: 'predicate', end: false }, predicate: until }
  const end = until.end ?? false
  if ('data' in until) return { terminator: { type: 'data', data: until.data, end }, predicate: null }
  if ('when' in until) return { terminator: { type: 'predicate', end }, predicate: until.when }
  const names = typeof until.event === 'string' ? [until.event] : until.event
  return { terminator: { type: 'event', names, end }, predicate: null }
}
