import type { Terminator } from '../../core/reading.ts'
import { invalid } from '../invalid.ts'
import { isGiven } from '../is-given.ts'
import type { Until, UntilPredicate } from './until.ts'

/** `until` in all its forms, as the core knows it; the predicate, where there is one, in `when`. */
export function terminatorOf<Event>(
  until: Until<Event> | undefined,
): Terminator & { readonly when?: UntilPredicate<Event> } {
  if (!isGiven(until)) return { type: 'none', end: false }
  if (typeof until === 'string') return { type: 'data', data: until, end: false }
  if (typeof until === 'function') return { type: 'predicate', when: until, end: false }
  if (typeof until === 'object') {
    const { end = false } = until
    if ('data' in until) return { type: 'data', data: until.data, end }
    if ('when' in until) return { type: 'predicate', when: until.when, end }
    const names = [until.event].flat()
    if (typeof names[0] === 'string') return { type: 'event', names, end }
  }
  throw invalid('`until` names no `data`, `event` or `when`')
}
