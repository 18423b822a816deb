import type { PerAttempt, TimeoutOptions } from '../../api/options.ts'
import type { BodyInit, Fetch, HeadersInit } from '../../api/request/fetch-types.ts'

/** What `onmessage` gets. */
export interface EventSourceMessage {
  /** The last event ID, as of this event. */
  readonly id: string
  /** The event's name; empty for one without, and for `message`. */
  readonly event: string
  readonly data: string
}

/** The options of @microsoft/fetch-event-source, under their names. */
export interface FetchEventSourceInit extends Omit<RequestInit, 'headers' | 'body' | 'signal'> {
  readonly headers?: PerAttempt<HeadersInit | undefined>
  readonly body?: PerAttempt<BodyInit | null | undefined>
  readonly signal?: AbortSignal | null | undefined
  /** Called with each reply, also one that is refused; what it throws goes to `onerror`. */
  readonly onopen?: ((response: Response) => void | Promise<void>) | undefined
  readonly onmessage?: ((message: EventSourceMessage) => void) | undefined
  /** The server ended the stream. What it throws goes to `onerror`. */
  readonly onclose?: (() => void) | undefined
  /**
   * An attempt failed. Throw to reject the promise with what you throw; return a number of ms, from 0, to send the
   * request again after that time, even a POST; return nothing to leave it to the rule: only what is safe is sent again.
   */
  readonly onerror?: ((error: Error) => number | null | undefined | void) | undefined
  /** `false`: a GET is closed while the page is hidden, and goes on when it is shown. Default true. */
  readonly openWhenHidden?: boolean | undefined
  /** The fetch to use, called with the URL as text and headers in a plain object. Default the global one. */
  readonly fetch?: Fetch | undefined
  /** Beyond the original: see the options of `fetchEventStream`. */
  readonly timeouts?: TimeoutOptions | undefined
}
