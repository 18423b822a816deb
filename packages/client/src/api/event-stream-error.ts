import {
  replyOf,
  retryAfterOf,
  statusOf,
  type EventFacts,
  type Failure,
  type Issue,
  type LimitName,
  type RedirectReason,
  type TimeoutName,
} from '../core/failure.ts'
import { messageOf } from './error-message.ts'
import { serverErrorInText } from './stream/server-error.ts'

export type ErrorCode = Failure['code'] | 'already-consumed' | 'invalid-option'

/** When the error happened. */
export interface Circumstance {
  readonly attempt: number
  readonly willRetry: boolean
  /** Before the next attempt, in ms. */
  readonly delay: number | null
}

const nowhere: Circumstance = { attempt: 0, willRetry: false, delay: null }

/** The one family of errors. Switch over `code`; members that a code does not have are null. */
export class EventStreamError extends Error {
  override readonly name = 'EventStreamError'
  readonly code: ErrorCode
  /** The HTTP status, if there was a reply, or what an error inside a stream stands for. */
  readonly status: number | null
  /** The reply's headers, by lower-case name; cookies are left out. */
  readonly headers: Readonly<Record<string, string>>
  readonly requestId: string | null
  /** What the server asked to wait, in ms. */
  readonly retryAfter: number | null
  /** The start of the reply's body, or of the event's data: at most 4 KiB. */
  readonly body: string
  readonly timeout: TimeoutName | null
  readonly limit: LimitName | 'maxAttempts' | 'maxElapsed' | null
  readonly reason: RedirectReason | null
  /** The server's own name for its error. */
  readonly type: string | null
  /** The event that `parse` or `schema` refused. */
  readonly event: EventFacts | null
  /** What `schema` found wrong. */
  readonly issues: readonly Issue[]
  readonly attempt: number
  readonly willRetry: boolean
  readonly delay: number | null

  constructor(failure: Failure | UsageError, circumstance: Circumstance = nowhere) {
    const own = isUsage(failure) ? null : failure
    super(own === null ? (failure as UsageError).message : messageOf(own), causeOf(own, circumstance))
    const root = own === null ? null : rootOf(own)
    const reply = root === null ? null : replyOf(root)
    this.code = failure.code
    this.status = root === null ? null : statusOf(root)
    this.headers = tellable(reply?.headers ?? {})
    this.requestId = reply?.requestId ?? null
    this.retryAfter = root === null ? null : retryAfterOf(root)
    this.body = bodyOf(root)
    this.timeout = own?.code === 'timeout' ? own.timeout : null
    this.limit = own?.code === 'too-large' || own?.code === 'retries-exhausted' ? own.limit : null
    this.reason = own?.code === 'redirect' ? own.reason : null
    this.type = typeOf(root)
    const decoding = own?.code === 'parse' || own?.code === 'schema' ? own : null
    this.event = decoding?.event ?? null
    this.issues = decoding?.issues ?? []
    this.attempt = circumstance.attempt
    this.willRetry = circumstance.willRetry
    this.delay = circumstance.delay
  }

  /** For logs: JSON leaves out the message of an error. */
  toJSON(): object {
    return { ...this, message: this.message }
  }
}

/** A mistake in the use of the API. */
export interface UsageError {
  readonly code: 'already-consumed' | 'invalid-option'
  readonly message: string
}

function isUsage(failure: Failure | UsageError): failure is UsageError {
  return failure.code === 'already-consumed' || failure.code === 'invalid-option'
}

/** What gave up tells of the failure that it gave up at. */
function rootOf(failure: Failure): Failure {
  return failure.code === 'retries-exhausted' || failure.code === 'not-repeated'
    ? rootOf(failure.cause)
    : failure
}

function causeOf(failure: Failure | null, circumstance: Circumstance): ErrorOptions | undefined {
  if (failure === null || !('cause' in failure)) return undefined
  const { cause } = failure
  const nested = failure.code === 'retries-exhausted' || failure.code === 'not-repeated'
  return { cause: nested ? new EventStreamError(failure.cause, circumstance) : cause }
}

function typeOf(failure: Failure | null): string | null {
  if (failure?.code === 'http-status') return serverErrorInText(failure.excerpt)?.type ?? null
  return failure?.code === 'server-error' ? (failure.type ?? null) : null
}

function bodyOf(failure: Failure | null): string {
  if (failure === null) return ''
  if ('excerpt' in failure) return failure.excerpt
  return failure.code === 'server-error' ? failure.body : ''
}

/** Without cookies, and without the query of a Location, which may be signed. */
function tellable(headers: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const { 'set-cookie': _secret, location, ...rest } = headers
  return location === undefined ? rest : { ...rest, location: location.replace(/[?#].*/, '') }
}
