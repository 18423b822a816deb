import { replyOf } from '../../core/failure.ts'
import type { Preparing } from '../../io/owner.ts'
import type { RequestPlan } from '../../io/request-plan.ts'
import { headersOf } from './sendable.ts'
import { threw } from '../errors/invalid.ts'
import { isGiven } from '../is-given.ts'
import { EventStreamError } from '../errors/event-stream-error.ts'
import { lastEventIdHeader } from './last-event-id.ts'
import type { AttemptContext, PerAttempt } from '../options.ts'
import type { BodyInit, HeadersInit } from './fetch-types.ts'

/** What every request of a stream has in common. */
export interface RequestParts {
  readonly url: string
  readonly method: string
  readonly headers: PerAttempt<HeadersInit | undefined>
  readonly body: PerAttempt<BodyInit | null | undefined>
  /** What the body was made of, for `resume`. */
  readonly json: unknown
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
  const headers = await headersFor(parts, context)
  const body = await asked('body', parts.body, context)
  const id = lastEventIdHeader(lastEventId)
  if (id !== null) headers.set('last-event-id', id)
  return {
    url: parts.url,
    init: {
      ...parts.init,
      method: parts.method,
      headers,
      ...bodyOf(body),
    },
  }
}

/** Fetch demands `duplex` for a body that is a stream; for any other body it does no harm. */
export function bodyOf(
  body: BodyInit | null | undefined,
): (Pick<RequestInit, 'body'> & { readonly duplex: 'half' }) | false {
  return isGiven(body) && { body, duplex: 'half' }
}

/** The app's headers, completed by ours. */
export async function headersFor(parts: RequestParts, context: AttemptContext): Promise<Headers> {
  const headers = headersOf(await asked('headers', parts.headers, context))
  if (!headers.has('accept')) headers.set('accept', parts.accept)
  for (const [name, value] of Object.entries(parts.extraHeaders)) {
    if (!headers.has(name)) headers.set(name, value)
  }
  return headers
}

export function contextOf({ attempt, previous, signal }: Preparing): AttemptContext {
  if (previous === null) return { attempt, signal }
  const { status = null, headers = {} } = replyOf(previous) ?? {}
  const error = new EventStreamError(previous, { attempt: attempt - 1, willRetry: true })
  return { attempt, signal, previous: { status, headers, error } }
}

export async function resolve<T, Context = AttemptContext>(
  value: Given<T, Context>,
  context: Context,
): Promise<T> {
  return isFunction(value) ? value(context) : value
}

/** The value of an option; where its function throws, the error names the option. */
export function asked<T, Context = AttemptContext>(
  name: string,
  value: Given<T, Context>,
  context: Context,
): Promise<T> {
  return resolve(value, context).catch((cause: unknown) => {
    throw threw(name, cause)
  })
}

type Given<T, Context> = T | ((context: Context) => T | Promise<T>)

function isFunction<T, Context>(value: Given<T, Context>): value is (context: Context) => T | Promise<T> {
  return typeof value === 'function'
}
