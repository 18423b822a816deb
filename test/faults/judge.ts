import { isDeepStrictEqual } from 'node:util'
import type { Exchange, View, ViewEvent } from '@millrace/test-server'
import type { Session } from './client.ts'

/** Whether there is anything left to wait for: all events have come, and the session has ended if it should. */
export function isOver({ events, end }: Session, view: View, requests: number): boolean {
  const ended = end !== 'open'
  if (view.end !== 'open') return ended
  return ended || (events.length >= view.events.length && requests >= view.requests.length)
}

/** What differs from the view, in words; empty when nothing does. */
export function differences(session: Session, view: View, exchanges: readonly Exchange[]): readonly string[] {
  const requests = exchanges.map(({ request }) => request)
  const ids = requests.map(({ lastEventId }) => lastEventId)
  const [events, known] = view.more === true ? firstOf(session.events, ids, view) : [session.events, ids]
  return [
    ...eventDifferences(events, view.events),
    ...unequal('last event IDs', known, view.requests),
    ...unequal('end', session.end, view.end),
    ...(view.code === undefined || view.end === 'open' ? [] : unequal('code', session.code, view.code)),
    ...Object.entries(view.lastHeaders ?? {}).flatMap(([name, value]) =>
      unequal(name, requests.at(-1)?.headers[name] ?? null, value),
    ),
    ...gapDifference(
      requests.map(({ at }) => at),
      view.gap,
    ),
  ]
}

/** A scenario that goes on for ever is judged by its beginning. */
function firstOf(
  events: readonly ViewEvent[],
  ids: readonly (string | null)[],
  view: View,
): [readonly ViewEvent[], readonly (string | null)[]] {
  return [events.slice(0, view.events.length), ids.slice(0, view.requests.length)]
}

function eventDifferences(events: readonly ViewEvent[], view: readonly ViewEvent[]): readonly string[] {
  const known = events.map(([type, data, id], index) => [type, data, view[index]?.[2] === '*' ? '*' : id])
  if (isDeepStrictEqual(known, view)) return []
  const at = known.findIndex((event, index) => !isDeepStrictEqual(event, view[index]))
  if (at < 0) return [`events: ${events.length} of ${view.length}`]
  return [`event ${at + 1}: ${brief(events[at])} instead of ${brief(view[at])}`]
}

function gapDifference([first, second]: readonly number[], least: number | undefined): readonly string[] {
  if (least === undefined || first === undefined || second === undefined || second - first >= least) return []
  return [`the second request came after ${Math.round(second - first)} ms, ${least} is the least`]
}

function unequal(what: string, is: unknown, should: unknown): readonly string[] {
  return isDeepStrictEqual(is, should) ? [] : [`${what}: ${brief(is)} instead of ${brief(should)}`]
}

function brief(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value)
  return text.length > 120 ? `${text.slice(0, 120)}…` : text
}
