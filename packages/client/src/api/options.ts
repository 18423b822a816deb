import type { RetryContext } from '../core/policy.ts'
import type { Acceptance } from '../core/state.ts'
import type { ReplyFacts, ServerErrorFacts } from '../core/failure.ts'
import type { Runtime } from '../io/runtime.ts'
import type { EventStreamError } from './errors/event-stream-error.ts'
import type { Filled } from './filled.ts'
import type { Observation } from './observation.ts'
import type { Resume, Cursor } from './resume/resume.ts'
import type { StreamEvent } from './decode/stream-event.ts'
import type { Until } from './decode/until.ts'
import type { BodyInit, Fetch, HeadersInit } from './request/fetch-types.ts'

/** A timeout or a limit that is off. */
export const never: number = Infinity

const seconds = 1000
const minutes = 60 * seconds
const KiB = 1024
const MiB = 1024 * KiB

/** The defaults of `retry`, `timeouts` and `limits`, in ms and bytes. The documentation's tables are made from these. */
export interface Defaults {
  readonly retry: Filled<Omit<RetryOptions, 'when'>>
  /** An answer that cannot be had becomes an error at some point; a subscription goes on. */
  readonly answerRetry: { readonly maxAttempts: number }
  /** The class waits as browsers do, and fails on every status but 200. */
  readonly eventSourceRetry: { readonly initialDelay: number; readonly statuses: readonly number[] }
  readonly timeouts: {
    readonly headers: { readonly get: number; readonly other: number }
    readonly firstEvent: number
    readonly idle: { readonly post: number }
    readonly total: number
  }
  readonly limits: Filled<LimitOptions>
}

export const defaults: Defaults = {
  retry: {
    initialDelay: 1 * seconds,
    maxDelay: 30 * seconds,
    factor: 1.6,
    jitter: 0.75,
    healthyAfter: 5 * seconds,
    maxAttempts: never,
    maxElapsed: never,
    maxRetryAfter: 5 * minutes,
    statuses: [408, 425, 429, 500, 502, 503, 504, 529],
    unsafe: false,
  },
  answerRetry: { maxAttempts: 5 },
  eventSourceRetry: { initialDelay: 3 * seconds, statuses: [] },
  timeouts: {
    headers: { get: 30 * seconds, other: 10 * minutes },
    firstEvent: never,
    idle: { post: 120 * seconds },
    total: never,
  },
  limits: { event: 16 * MiB, id: 64 * KiB },
}

/** When, how often and how soon to try again. Times in ms. */
export interface RetryOptions {
  /** The delay before the first retry, until the server names another one by a `retry` field. Default 1000 (EventSource: 3000). */
  readonly initialDelay?: number | undefined
  /** The longest delay between attempts; the server's own `retry` or Retry-After may ask for more. Default 30 000. */
  readonly maxDelay?: number | undefined
  /** How many times as long each delay is as the one before it. Default 1.6. */
  readonly factor?: number | undefined
  /** The largest share of a delay that is added to it by chance, so that clients do not all return at once. Default 0.75. */
  readonly jitter?: number | undefined
  /** Once a connection has held this long, the count of failures starts anew. Default 5000. */
  readonly healthyAfter?: number | undefined
  /** How many attempts in a row may fail to bring an event before it gives up. Default unlimited for GET, else 5. */
  readonly maxAttempts?: number | undefined
  /** How long it goes on trying, counted from the last connection that worked. Default unlimited. */
  readonly maxElapsed?: number | undefined
  /** If Retry-After asks for a longer wait than this, the error comes at once, with `retryAfter`. Default 300 000. */
  readonly maxRetryAfter?: number | undefined
  /** The statuses after which it tries again. Default 408, 425, 429, 500, 502, 503, 504, 529 (EventSource: none). */
  readonly statuses?: readonly number[] | undefined
  /** Allows the request to be sent twice. Default false for everything but GET. */
  readonly unsafe?: boolean | undefined
  /**
   * Has the last word on whether to try again: true, false, or undefined to leave the decision as it is. It cannot pass the
   * limits above; and once the body of an answer has begun, only `resume` can go on, unless its first event was an error.
   *
   * @example retry: { when: (error) => error.status === 409 || undefined }
   */
  readonly when?: ((error: EventStreamError, context: RetryContext) => boolean | undefined) | undefined
}

/** In ms; Infinity turns one off. A timer goes no further than 2 147 483 647 ms, 24 days: more counts as that. */
export interface TimeoutOptions {
  /**
   * From the start of an attempt until the reply's headers have come. Default 30 000 for GET and for a request that resumes,
   * 600 000 otherwise.
   */
  readonly headers?: number | undefined
  /** From the reply's headers until its first event. Off by default. */
  readonly firstEvent?: number | undefined
  /**
   * The longest silence, without a single byte, while your code waits for an event. Default 120 000 for all but GET; for GET
   * three times the longest silence so far, at least 60 000, once two comments have shown that the server sends heartbeats
   * (EventSource: off).
   */
  readonly idle?: number | undefined
  /** For the whole stream, retries included. Off by default. */
  readonly total?: number | undefined
}

/** How much is kept in memory of what a server sends, in bytes of UTF-8. */
export interface LimitOptions {
  /** The longest event: the data of all its lines, and the line that is being read. Default 16 MiB. */
  readonly event?: number | undefined
  /** The longest ID, event name or comment. Default 64 KiB. */
  readonly id?: number | undefined
}

/** What led to this attempt, for functions that make headers or a body. */
export interface AttemptContext {
  /** From 1. */
  readonly attempt: number
  /** How the attempt before went. It may have failed before there was a reply, by what a function of yours threw too. */
  readonly previous?: {
    readonly status: number | null
    readonly headers: Readonly<Record<string, string>>
    readonly error: EventStreamError
  }
  /** Aborted when the attempt is given up. */
  readonly signal: AbortSignal
}

/** A value, or a function that makes one for each attempt. */
export type PerAttempt<T> = T | ((context: AttemptContext) => T | Promise<T>)

/** What both the class and `fetchEventStream` take beyond the standard's own init. */
export interface ConnectionOptions {
  /** Default GET; POST where `json` is given. Only GET subscribes: any other request is sent again only where that is safe. */
  readonly method?: string | undefined
  /**
   * A value, taken as it is at the call, or a function that is called for each attempt, for example to get a fresh token.
   *
   * If the function throws or rejects, that attempt has failed, with an `invalid-option` error that names the option and has
   * what was thrown as its `cause`. Another attempt follows as after any failure, unless what was thrown has a member
   * `fatal: true`. The same holds for the functions `body` and `resume`.
   *
   * @example headers: async () => ({ authorization: `Bearer ${await freshToken()}` })
   */
  readonly headers?: PerAttempt<HeadersInit | undefined>
  /** A value, or a function that is called for each attempt; a stream can be sent only once. Default none. */
  readonly body?: PerAttempt<BodyInit | null | undefined>
  /**
   * The fetch to use. Default the global one, looked up at each call. It is called with the URL as text, and with headers
   * in a plain object: `(url, init) => fetch(url, { ...init, headers: { ...init.headers, 'X-Desk': '7' } })`.
   */
  readonly fetch?: Fetch | undefined
  /** Ends everything when it aborts: a loop throws its reason, the class closes without an event. */
  readonly signal?: AbortSignal | null | undefined
  /** Sent as Last-Event-ID with the first request, or as the `resume` of a GET has it. Default none. */
  readonly lastEventId?: string | undefined
  /** When, how often and how soon to try again. `false`: one attempt only. */
  readonly retry?: RetryOptions | false | undefined
  /** In ms. A timeout that passes fails the attempt, or the connection, with the code `timeout`. */
  readonly timeouts?: TimeoutOptions | undefined
  /** In bytes. A limit that is passed ends everything with the code `too-large`. */
  readonly limits?: LimitOptions | undefined
  /** Called for everything that happens, in order, for logs and metrics. What it throws is reported as an uncaught error. */
  readonly observe?: ((observation: Observation) => void) | undefined
  /** Names of headers that a redirect may take to another origin, beside those that any page may send. Default none. */
  readonly forwardHeaders?: readonly string[] | undefined
  /** Lets a redirect (307, 308) take the body to another origin. Default false: such a redirect is an error. */
  readonly forwardBody?: boolean | undefined
  /** Lets the process end while a reconnect is pending and nothing else is. Default false. */
  readonly unref?: boolean | undefined
  /** Time and randomness: give tests `virtualTime().runtime`. Default the real ones. */
  readonly runtime?: Runtime | undefined
}

/**
 * Says what to do with a reply:
 *
 * - `'stream'`: read it as an event stream
 * - `'event'`: read the whole body as the data of one event
 * - `'end'`: take it for a whole answer, without reading a body
 * - `'refuse'`: fail, as for a reply that is no event stream
 * - null: leave it to the standard, which takes a 200 with `text/event-stream`
 *
 * The second argument has the `json` that the reply is the answer to, as `request`.
 *
 * @example accept: ({ status, mediaType }) => (status === 200 && mediaType === 'application/json' ? 'event' : null)
 */
export type Accept = (reply: ReplyFacts, context: AcceptContext) => Acceptance | 'refuse' | null

/** What a reply is the answer to. */
export interface AcceptContext {
  /** The request's body as it was given to `json`, or else undefined. */
  readonly request: unknown
}

/** How a reply becomes events. Each of these wins over the part of the same name in `protocol`. */
export interface StreamParts<Event, Parsed = Event> {
  /** What ends a whole answer. Without it a clean end is `ended`, and never `complete`. */
  readonly until?: Until<Event> | undefined
  /** An error in an event, or null. Asked before any schema. */
  readonly errorOf?: ((event: Parsed) => ServerErrorFacts | null) | undefined
  /** What to do with a reply. Default: what the standard says of its status and media type. */
  readonly accept?: Accept | undefined
  /** Makes the request that goes on with a cut answer. Default none: a cut answer stays cut, and a GET sends Last-Event-ID. */
  readonly resume?: Resume | undefined
}

/** The options of `fetchEventStream` whose types need no inference; the others are in `TypedOptions`. */
export interface StreamOptions<Event = StreamEvent, Parsed = Event>
  extends ConnectionOptions, StreamParts<Event, Parsed> {
  /** Sent as JSON, with its content type: the request becomes a POST. Not together with `body`. */
  readonly json?: unknown
  /** Goes on from an earlier stream's `cursor`: the first request is what `resume` makes of it, or a GET with its ID. Null counts as not given. */
  readonly cursor?: Cursor | null | undefined
  /** Sent as Idempotency-Key, the same on each try. The request may then be sent again until a body begins. */
  readonly idempotencyKey?: string | undefined
  /**
   * Tells whether an event that comes after a reconnect repeats one that was handed over before, among the last hundred.
   * It is asked only up to the first event that is new. (An ID alone does not tell: servers give one ID to many events.)
   *
   * @example sameEvent: (before, event) => before.data.id === event.data.id
   */
  readonly sameEvent?: ((before: Event, event: Event) => boolean) | undefined
  /** This one and the following are passed on to fetch. `cache` is `no-store` by default. */
  readonly credentials?: NonNullable<RequestInit['credentials']> | undefined
  readonly mode?: NonNullable<RequestInit['mode']> | undefined
  readonly referrer?: string | undefined
  readonly referrerPolicy?: NonNullable<RequestInit['referrerPolicy']> | undefined
  readonly cache?: NonNullable<RequestInit['cache']> | undefined
}
