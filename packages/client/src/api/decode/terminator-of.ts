import type { Terminator } from '../../core/reading.ts'
import { invalid } from '../errors/invalid.ts'
import { isGiven } from '../is-given.ts'
import type { Until, UntilPredicate } from './until.ts'

/** Any form of `until` as a terminator of the core; a predicate is in `when`. */
export function terminatorOf<Event>(
  until: Until<Event> | undefined,
): Terminator & { readonly when?: UntilPredicate<Event> } {
  if (!isGiven(until)) return { type: 'none', end: false, hint: 'The event stream ended' }
  if (typeof until === 'string') return terminatorOf({ data: until })
  if (typeof until === 'function') return terminatorOf({ when: until })
  if (typeof until === 'object') {
    const { end = false } = until
    const before = 'The answer is not complete: the body ended before '
    if ('data' in until) {
      const { data } = until
      const quoted = JSON.stringify(data)
      const misnamed = `${quoted} is the name of an event: set until: { event: ${quoted} }`
      return { type: 'data', data, end, hint: `${before}the data ${quoted}`, misnamed }
    }
    if ('when' in until) {
      const { what = 'until() was true', when } = until
      return { type: 'predicate', when, end, hint: `${before}${what}` }
    }
    const names = [until.event].flat()
    if (typeof names[0] === 'string')
      return { type: 'event', names, end, hint: `${before}an event named ${names.join(' or ')}` }
  }
  throw invalid('`until` names no `data`, `event` or `when`')
}
