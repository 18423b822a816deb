import type { Previous, Preparing } from '../io/driver.ts'
import type { RequestPlan } from '../io/request-plan.ts'
import { EventStreamError } from './event-stream-error.ts'
import { lastEventIdHeader } from './last-event-id.ts'
import type { AttemptContext, PerAttempt } from './options.ts'
import type { ResumeRequest } from './resume.ts'

/** What every request of a stream has in common. */
export interface RequestParts {
  readonly url: string
  readonly method: string
  readonly headers: PerAttempt<HeadersInit | undefined>
  readonly body: PerAttempt<BodyInit | null | undefined>
  readonly accept: string
  /** Set where the app set no header of that name: content-type, idempotency-key. */
  readonly extraHeaders: Readonly<Record<string, string>>
  readonly init: Omit<RequestInit, 'headers' | 'body' | 'method' | 'signal'>
}

/** The app's own request for an attempt. `lastEventId` is the ID as text. */
export async function ownRequest(
  parts: RequestParts,
  preparing: Preparing,
  lastEventId: string,
): Promise<RequestPlan> {
  const context = contextOf(preparing)
  const [headers, body] = await Promise.all([resolve(parts.headers, context), resolve(parts.body, context)])
  const all = completed(new Headers(headers), parts)
  const id = lastEventIdHeader(lastEventId)
  if (id !== null) all.set('last-event-id', id)
  return {
    url: parts.url,
    init: {
      ...parts.init,
      method: parts.method,
      headers: all,
      ...(body === undefined || body === null ? {} : { body }),
    },
  }
}

/** What the app asked for as `request` of a resume: headers without the ID. */
export async function originalHeaders(parts: RequestParts, preparing: Preparing): Promise<Headers> {
  return completed(new Headers(await resolve(parts.headers, contextOf(preparing))), parts)
}

/** The request that `resume` gave. */
export function resumedRequest(parts: RequestParts, resumed: ResumeRequest): RequestPlan {
  const headers = new Headers(resumed.headers)
  if (!headers.has('accept')) headers.set('accept', parts.accept)
  const url = resumed.url === undefined ? parts.url : new URL(resumed.url, parts.url).href
  const body = resumed.body === undefined || resumed.body === null ? {} : { body: resumed.body }
  return { url, init: { ...parts.init, method: resumed.method ?? 'GET', headers, ...body } }
}

function completed(headers: Headers, parts: RequestParts): Headers {
  if (!headers.has('accept')) headers.set('accept', parts.accept)
  for (const [name, value] of Object.entries(parts.extraHeaders)) {
    if (!headers.has(name)) headers.set(name, value)
  }
  return headers
}

function contextOf({ attempt, previous, signal }: Preparing): AttemptContext {
  return { attempt, signal, ...(previous === null ? {} : { previous: previousOf(previous, attempt - 1) }) }
}

function previousOf(
  { status, headers, failure }: Previous,
  attempt: number,
): NonNullable<AttemptContext['previous']> {
  return { status, headers, error: new EventStreamError(failure, { attempt, willRetry: true, delay: null }) }
}

async function resolve<T>(value: PerAttempt<T>, context: AttemptContext): Promise<T> {
  return isFunction(value) ? value(context) : value
}

function isFunction<T>(value: PerAttempt<T>): value is (context: AttemptContext) => T | Promise<T> {
  return typeof value === 'function'
}
