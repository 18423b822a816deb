import type { Records, Scenario } from '@millrace/test-server'
import type { Reply } from '@millrace/test-server/scenario'
import { inject } from 'vitest'

/** What to wait for before records are given: all that is named must hold. */
export interface Awaited {
  /** So many requests have come. */
  readonly requests?: number
  /** So many exchanges are over. */
  readonly closed?: number
  /** So many were ended by the client. */
  readonly aborted?: number
  /** So many bytes of bodies were accepted. */
  readonly bytes?: number
  /** A reply waits at this gate. */
  readonly gate?: string
}

/** A scenario that plays on the test server, seen from a test in any environment. */
export interface Played {
  readonly url: string
  /** The records, once what is named holds. The wait is on the server: no polling, no sleep. */
  records(until?: Awaited): Promise<Records>
  requests(count?: number): Promise<Records['requests']>
  /** Resolves when so many exchanges are over. */
  closed(count?: number): Promise<Records>
  /** Resolves when a reply waits at the gate. */
  at(gate: string): Promise<Records>
  /** Lets one reply pass the gate. */
  release(gate: string): Promise<void>
  /** Ends what is open. */
  drop(by?: 'end' | 'reset' | 'fin'): Promise<void>
  /** It is over: the server drops what is open and forgets it with the next scenario that is played. */
  dispose(): Promise<void>
  [Symbol.asyncDispose](): Promise<void>
}

/** A request for each of them was a fifth of all that pages send. */
const over: string[] = []

/** Plays a scenario on a real socket. */
export async function play(scenario: Scenario): Promise<Played> {
  const query = new URLSearchParams(over.splice(0).map((id) => ['remove', id]))
  const reply = await control(inject('controlUrl'), `scenarios?${query}`, {
    method: 'POST',
    body: JSON.stringify({ ...scenario, replies: scenario.replies.map(endedByClient) }),
  })
  const { id, path }: { id: string; path: string } = await reply.json()
  const server = hostFor(id)
  const route = (rest: string, init?: RequestInit) =>
    control(server, `/.millrace/scenarios/${id}${rest}`, init)
  const records = async (until: Awaited = {}): Promise<Records> => {
    const query = new URLSearchParams(Object.entries(until).map(([name, value]) => [name, String(value)]))
    return (await route(`?${query}`)).json()
  }
  const post = async (what: string) => void (await route(`/${what}`, { method: 'POST' }))
  const dispose = async () => void over.push(id)
  return {
    url: new URL(path, server).href,
    records,
    requests: async (count = 0) => (await records({ requests: count })).requests,
    closed: (count = 1) => records({ closed: count }),
    at: (gate) => records({ gate }),
    release: (gate) => post(`gates/${encodeURIComponent(gate)}`),
    drop: (by = 'reset') => post(`drop?by=${by}`),
    dispose,
    [Symbol.asyncDispose]: dispose,
  }
}

/**
 * Chromium may read on for five seconds what a client has let go, to use the connection again, unless it may not keep
 * it: a reply that does not end by itself says so.
 */
function endedByClient(reply: Reply): Reply {
  const [first, ...rest] = reply.steps
  if (first?.type === 'hang' || !rest.some(({ type }) => type === 'hang')) return reply
  return { ...reply, steps: [{ type: 'headers', headers: { connection: 'close' } }, ...reply.steps] }
}

/** A request without a header of its own: before it, a browser sends no preflight, which would double their number. */
async function control(server: string, route: string, init: RequestInit = {}): Promise<Response> {
  const url = new URL(route, server)
  url.searchParams.set('token', inject('controlToken'))
  const reply = await fetch(url, init)
  if (!reply.ok) throw new TypeError(`${route}: ${reply.status} ${await reply.text()}`)
  return reply
}

/**
 * A browser opens six HTTP/1.1 connections to a host, and streams hold theirs: there each scenario gets a
 * host name of its own, which browsers resolve to loopback by themselves.
 */
function hostFor(id: string): string {
  const url = new URL(inject('controlUrl'))
  if (/Chrome\/|Firefox\//.test(navigator.userAgent))
    url.hostname = `s-${id.toLowerCase().replace(/[^a-z0-9]/g, 'x')}.localhost`
  return url.href
}
