import type { Condition, Reply, Scenario } from './types.ts'

/** What a scenario may know of a request. Header names are in lower case. */
export interface RequestFacts {
  /** From 1, counted by scenario. */
  readonly number: number
  readonly method: string
  readonly headers: Readonly<Record<string, string>>
  /** The Last-Event-ID decoded from UTF-8; null when the request has none. */
  readonly lastEventId: string | null
}

/** The reply for a request: the first whose condition holds. */
export function replyFor(scenario: Scenario, request: RequestFacts): Reply | undefined {
  return scenario.replies.find((reply) => holds(reply.on ?? {}, request))
}

function holds(on: Condition, request: RequestFacts): boolean {
  return (
    (on.method === undefined || on.method === request.method) &&
    (on.request === undefined || on.request === request.number) &&
    (on.resumed === undefined || on.resumed === (request.lastEventId !== null)) &&
    Object.entries(on.headers ?? {}).every(
      ([name, value]) => (request.headers[name.toLowerCase()] ?? null) === value,
    )
  )
}
