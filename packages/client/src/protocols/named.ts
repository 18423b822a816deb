import { memberOf } from '../core/member-of.ts'
import type { StreamEvent } from '../api/decode/stream-event.ts'

/** The event by the name in its data. Some services, and proxies, leave out the line that names it. */
export function named<Event extends StreamEvent<unknown>>(event: Event): Event {
  const type = memberOf(event.data, 'type')
  return typeof type === 'string' ? Object.assign({}, event, { type }) : event
}
