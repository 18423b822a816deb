/** The plain facts of a reply's head, parsed at the edge: the core never sees a Response or a header string. */
export interface ReplyFacts {
  /** The method of the request that it answers: by a redirect or a resume it may differ from the app's. */
  readonly method: string
  readonly status: number
  /** The essence of Content-Type in lower case (`text/event-stream`), or an empty string. */
  readonly mediaType: string
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>
  readonly requestId: string | null
  /** What `retry-after-ms` or `Retry-After` asked for, in ms from the reply, or null. */
  readonly retryAfter: number | null
  /** `x-should-retry`, or null where the server says nothing. */
  readonly shouldRetry: boolean | null
  /** Where a redirect points (301, 302, 303, 307, 308); null also where the runtime follows redirects itself. */
  readonly redirect: RedirectFacts | null
  /** After redirects that the runtime followed. */
  readonly url: string
}

/** Where a redirect points. */
export interface RedirectFacts {
  /** Absolute, or null when Location is missing or is no URL. */
  readonly url: string | null
  readonly sameOrigin: boolean
  /** From https to http. */
  readonly downgrade: boolean
}

/** Which event a failure is about. */
export interface EventFacts {
  readonly name: string
  /** The last event ID as of that event. */
  readonly id: string
}

/** One thing that a schema found wrong, bounded in size. */
export interface Issue {
  /** `items.0.price`; empty for the whole. */
  readonly path: string
  readonly message: string
}

/** What an event says when it is an error of the server. */
export interface ServerErrorFacts {
  readonly message: string
  readonly type?: string
  /** The HTTP status that the error stands for: an overload inside a 200 is a 529. */
  readonly status?: number
  /** In ms. */
  readonly retryAfter?: number
}

/** What the body of a refused reply says. */
export interface Refusal {
  /** Its start. */
  readonly excerpt: string
  /** One line of it for people to read. */
  readonly said?: string
  /** The server's own name for its error. */
  readonly type?: string | undefined
}

/** A member of the option `timeouts`. */
export type TimeoutName = 'headers' | 'firstEvent' | 'idle' | 'total'
/** A member of the option `limits`. `event`: or a reply's body that is one event; `id`: or a name, or a comment. */
export type LimitName = 'event' | 'id'
/** Why a redirect was not followed. */
export type RedirectReason =
  | 'loop'
  | 'too-many'
  | 'downgrade'
  | 'no-location'
  | 'method-change'
  | 'body-to-other-origin'

/** Why an attempt, or the whole stream, failed: plain data, made into an EventStreamError by the API. */
export type Failure =
  | {
      readonly code: 'network'
      readonly cause: unknown
      /** The transport's code proves that no byte of the request left (ECONNREFUSED, ENOTFOUND …). */
      readonly unsent: boolean
      /** Trying again is futile: a TLS certificate, a scheme, an error that the app marked `fatal`. */
      readonly fatal: boolean
      readonly hint?: string
    }
  | ({ readonly code: 'http-status' | 'content-type'; readonly reply: ReplyFacts } & Refusal)
  | { readonly code: 'no-content'; readonly reply: ReplyFacts }
  | { readonly code: 'timeout'; readonly timeout: TimeoutName; readonly after: number }
  | { readonly code: 'truncated'; readonly hint: string }
  | ({
      readonly code: 'server-error'
      /** Its reply had brought nothing new before it: it is treated as if the status had said so. */
      readonly first: boolean
      readonly body: string
    } & ServerErrorFacts)
  | { readonly code: 'too-large'; readonly limit: LimitName; readonly bytes: number }
  | {
      readonly code: 'parse' | 'schema'
      readonly message: string
      readonly cause: unknown
      readonly event: EventFacts
      readonly issues: readonly Issue[]
      /** The start of the event's data. */
      readonly excerpt: string
    }
  | {
      readonly code: 'redirect'
      readonly reason: RedirectReason
      readonly message: string
      readonly reply: ReplyFacts
    }
  | { readonly code: 'not-repeated'; readonly method: string; readonly cause: Failure }
  /** A mistake in the use of the API, or a function of the app returned what cannot become a request. */
  | { readonly code: 'invalid-option' | 'already-consumed'; readonly message: string }
  /** A function of the app threw. */
  | { readonly code: 'invalid-option'; readonly message: string; readonly cause: unknown }
  /** No request could be made. `fatal`: nor will one be possible later. */
  | {
      readonly code: 'invalid-option'
      readonly message: string
      readonly cause: unknown
      readonly unsent: true
      readonly fatal: boolean
    }
  | {
      readonly code: 'retries-exhausted'
      readonly limit: 'maxAttempts' | 'maxElapsed'
      readonly cause: Failure
    }

/** A reply whose status or media type was wrong; `excerpt` is the start of its body. */
export type RefusedReply = Extract<Failure, { readonly code: 'http-status' | 'content-type' }>

/** Any failure, with every member that any of them has as an optional one. */
export type FailureFacts = Partial<Members<Failure>>
type Members<Union> = { readonly [Key in KeyOf<Union>]: ValueOf<Union, Key> }
type KeyOf<Union> = Union extends unknown ? keyof Union : never
type ValueOf<Union, Key> = Union extends unknown ? (Key extends keyof Union ? Union[Key] : never) : never

export function replyOf(failure: FailureFacts): ReplyFacts | null {
  return failure.reply ?? null
}

/** The wait that the server asked for, in ms, or null. */
export function retryAfterOf({ retryAfter, reply }: FailureFacts): number | null {
  return retryAfter ?? reply?.retryAfter ?? null
}

/** The status that the reply had, or that an error inside the stream stands for. */
export function statusOf({ status, reply }: FailureFacts): number | null {
  return status ?? reply?.status ?? null
}
