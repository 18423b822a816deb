import {
  retryAfterOf,
  statusOf,
  type EventFacts,
  type Failure,
  type FailureFacts,
  type Issue,
  type LimitName,
  type RedirectReason,
  type TimeoutName,
} from '../../core/failure.ts'
import { redact } from '../../io/redact.ts'
import { messageOf } from './error-message.ts'

/** What went wrong: `network`, `http-status`, `timeout`, `truncated` … */
export type ErrorCode = Failure['code']

/** When the error happened. */
export interface Circumstance {
  readonly attempt?: number
  readonly willRetry?: boolean
  /** Before the next attempt, in ms. */
  readonly delay?: number | null
}

/**
 * The one family of errors: `instanceof` tells them from others, `code` tells them apart. A member that a code does not
 * have is null, or empty. No member, `toString()` or JSON of it shows a secret of the request.
 *
 * @example
 * if (error instanceof EventStreamError && error.code === 'http-status') console.log(error.status, error.requestId)
 */
export class EventStreamError extends Error {
  override readonly name = 'EventStreamError'
  /** What went wrong: `network`, `http-status`, `timeout`, `truncated` … */
  declare readonly code: ErrorCode
  /** The HTTP status of the reply, or the one that an error inside a stream stands for. */
  declare readonly status: number | null
  /** The reply's headers, by lower-case name; cookies are left out. */
  declare readonly headers: Readonly<Record<string, string>>
  /** The service's ID of the request, from the reply's headers. */
  declare readonly requestId: string | null
  /** The wait that the server asked for, in ms. */
  declare readonly retryAfter: number | null
  /** The start of the reply's body, or of the event's data: at most 4 KiB. */
  declare readonly body: string
  /** `timeout`: which one, as in the option `timeouts`. */
  declare readonly timeout: TimeoutName | null
  /** `too-large`, `retries-exhausted`: which limit. */
  declare readonly limit: LimitName | 'maxAttempts' | 'maxElapsed' | null
  /** `redirect`: why it was not followed. */
  declare readonly reason: RedirectReason | null
  /** The server's own name for its error. */
  declare readonly type: string | null
  /** The event that `parse` or `schema` refused. */
  declare readonly event: EventFacts | null
  /** What `schema` found wrong. */
  declare readonly issues: readonly Issue[]
  /** The number of the attempt that failed, from 1; 0 before the first. */
  declare readonly attempt: number
  /** Another attempt follows by itself. */
  declare readonly willRetry: boolean
  /** Ms until that attempt; null where there is none, or where it waits for the network. */
  declare readonly delay: number | null

  constructor(failure: Failure, circumstance: Circumstance = {}) {
    super(messageOf(failure), causeOf(failure, circumstance))
    const facts: FailureFacts = failure
    const root: FailureFacts = rootOf(failure)
    Object.assign(this, {
      code: failure.code,
      status: statusOf(root),
      headers: tellable(root.reply?.headers ?? {}),
      requestId: root.reply?.requestId ?? null,
      retryAfter: retryAfterOf(root),
      body: root.excerpt ?? root.body ?? '',
      timeout: root.timeout ?? null,
      limit: facts.limit ?? null,
      reason: root.reason ?? null,
      type: root.type ?? null,
      event: root.event ?? null,
      issues: root.issues ?? [],
      attempt: 0,
      willRetry: false,
      delay: null,
      ...circumstance,
    } satisfies Members)
  }

  /** For logs: JSON leaves out the message of an error. */
  toJSON(): object {
    return { ...this, message: this.message }
  }
}

type Members = Omit<EventStreamError, keyof Error | 'toJSON'>

/** The failure behind one that only says that there is no other attempt: its status, headers and body are told. */
function rootOf(failure: Failure): Failure {
  return nests(failure) ? rootOf(failure.cause) : failure
}

function nests(
  failure: Failure,
): failure is Extract<Failure, { readonly code: 'retries-exhausted' | 'not-repeated' }> {
  return failure.code === 'retries-exhausted' || failure.code === 'not-repeated'
}

function causeOf(failure: Failure, circumstance: Circumstance): ErrorOptions | undefined {
  const { cause }: FailureFacts = nests(failure)
    ? { cause: new EventStreamError(failure.cause, circumstance) }
    : failure
  return cause === undefined ? undefined : { cause }
}

/** Headers without cookies, and without the queries of URLs, which may hold a signature. */
function tellable(headers: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const told = Object.entries(headers)
    .filter(([name]) => name !== 'set-cookie')
    .map(([name, value]) => [name, redact(name === 'location' ? value.replace(/[?#].*/, '') : value, [])])
  return Object.fromEntries(told)
}
