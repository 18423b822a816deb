import { scenario } from '../scenario/build.ts'
import type { Reply, Scenario, Step } from '../scenario/types.ts'

/** An event as a client hands it on: type, data, last event ID. */
export type ViewEvent = readonly [type: string, data: string, lastEventId: string]

/** What a client should see: what the standard says, and where that leaves room, what is safe. */
export interface View {
  /** The request that the client makes; GET unless said. A POST is for `fetchEventStream` alone. */
  readonly request?: {
    readonly method: 'GET' | 'POST'
    readonly headers?: Readonly<Record<string, string>>
    readonly body?: string
  }
  /** Bearer tokens that the client has, one an attempt: what a `headers` function gives. */
  readonly tokens?: readonly string[]
  /** Options that the client needs, in the shape of `@millrace/client`. */
  readonly options?: Readonly<Record<string, unknown>>
  /** All events, in order. */
  readonly events: readonly ViewEvent[]
  /** The Last-Event-ID of each request, in order: null for none. */
  readonly requests: readonly (string | null)[]
  /** Headers that the last request must have; null: must not have. */
  readonly lastHeaders?: Readonly<Record<string, string | null>>
  /** More of the same may follow the events: the scenario goes on for ever. */
  readonly more?: boolean
  /** Shortest time in ms between the first request and the second. */
  readonly gap?: number
  /** `open`: still reading after the last event. `closed`: given up for good. Else the outcome of an answer. */
  readonly end: 'open' | 'closed' | 'complete' | 'truncated' | 'server-error'
  /** Code of the error it ends with. */
  readonly code?: string
}

/** A scenario with a name, the fact that it reproduces, and what a client should see. All of it is JSON. */
export interface NamedScenario {
  readonly name: string
  /** What happens, and what is right. */
  readonly about: string
  /** Where the fact is from: an issue, an advisory, an item of the standard. */
  readonly source: string
  readonly scenario: Scenario
  readonly view: View
}

type Head = Pick<NamedScenario, 'name' | 'about' | 'source'>

/** The last event of most scenarios: a client that has seen it has seen everything before it. */
export const END: readonly Step[] = [{ type: 'event', data: 'end' }, { type: 'hang' }]

export function end(lastEventId = ''): ViewEvent {
  return ['message', 'end', lastEventId]
}

/** Goes on with comments, for clients with an idle timeout. */
export const ALIVE: readonly Step[] = [
  { type: 'event', data: 'end' },
  {
    type: 'repeat',
    steps: [
      { type: 'wait', ms: 100 },
      { type: 'comment', text: '' },
    ],
  },
]

/**
 * Shortens the wait for a reconnection to the least that clients allow themselves. A line, not a block: some
 * clients take a block of it alone for an event.
 */
export const SOON: Step = { type: 'text', text: 'retry: 500\n' }

/** One reply that stays open. */
export function reading(
  head: Head,
  steps: readonly Step[],
  events: readonly ViewEvent[],
  options?: Readonly<Record<string, unknown>>,
): NamedScenario {
  const id = events.at(-1)?.[2] ?? ''
  const view: View = { events: [...events, end(id)], requests: [null], end: 'open' }
  return replying(head, [{ steps: [...steps, ...END] }], { ...view, ...(options && { options }) })
}

/** A first reply that ends in some way, and a second one that stays open. `id` is what the second request carries. */
export function returning(
  head: Head,
  first: readonly Step[],
  events: readonly ViewEvent[],
  id: string | null,
  { lastEventId, ...more }: Partial<View> & { readonly lastEventId?: string } = {},
): NamedScenario {
  const { replies } = scenario(first, more.options?.['timeouts'] === undefined ? END : ALIVE)
  const last = lastEventId ?? id ?? ''
  return replying(head, replies, {
    events: [...events, end(last)],
    requests: [null, id],
    end: 'open',
    ...more,
  })
}

/** A reply after which a client must not come again; `code` null where clients may differ in it. */
export function final(
  head: Head,
  steps: readonly Step[],
  code: string | null,
  more: Partial<View> = {},
): NamedScenario {
  const view: View = { events: [], requests: [null], end: 'closed', ...(code !== null && { code }), ...more }
  return replying(head, [{ steps }], view)
}

/** Any replies, and what a client should see of them. */
export function replying(
  head: Head,
  replies: readonly Reply[],
  view: View,
  log?: Scenario['log'],
): NamedScenario {
  const { name, about } = head
  return { ...head, scenario: { name, about, ...(log && { log }), replies }, view }
}
