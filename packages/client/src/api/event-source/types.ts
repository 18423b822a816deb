import type { EventStreamError } from '../errors/event-stream-error.ts'
import type { ConnectionOptions } from '../options.ts'
import type { Resume } from '../resume/resume.ts'

/** The standard's `withCredentials`, and what we take beyond it. Each member's default is the standard's behaviour. */
export interface EventSourceInit extends ConnectionOptions {
  /** Send cookies to other origins, too. Default false. */
  readonly withCredentials?: boolean | undefined
  /**
   * In a page, when the first request to another origin fails without a reply: ask by a `no-cors` request, confirmed
   * by one more, whether CORS refused it. A refusal is final, as it is for the browser's own class; without the probe
   * it would be taken for a passing fault and tried for ever. Default true.
   */
  readonly corsProbe?: boolean | undefined
  /**
   * What asks for the rest once there is a last event ID, in place of the Last-Event-ID header:
   * `lastEventIdQuery('lastEventId')` for a server of another origin that refuses the preflight which that header
   * needs. Default the header.
   */
  readonly resume?: Resume | undefined
}

/** The type of the data of each event, by its name, where that is narrower than `string`: `{ tick: `${number}` }`. */
export type DataByName<Data> = { readonly [Name in keyof Data]: string }

/** Told when a connection could not be made or was lost. Unlike the standard's plain event it says why. */
export interface EventSourceErrorEvent extends Event {
  /** What happened; `error.willRetry` says whether there will be another attempt, `error.delay` when. */
  readonly error: EventStreamError
  /** The message of `error`. */
  readonly message: string
  /** The HTTP status, if there was a reply that was refused. */
  readonly code: number | undefined
  /** The same, under the name that event-source-polyfill and LaunchDarkly's class have for it. */
  readonly status: number | undefined
}

/** A `MessageEvent` of the realm. (Without the DOM's types `MessageEvent` is not generic, so `data` is narrowed here.) */
export interface EventSourceMessageEvent<Data = string> extends MessageEvent {
  readonly data: Data
}

type ListenerOptions = Parameters<EventTarget['addEventListener']>[2]
type Handler<Self, E extends Event> = ((this: Self, event: E) => unknown) | null
type Given<E extends Event> = ((event: E) => unknown) | null
type Listener<Self, E extends Event> =
  | ((this: Self, event: E) => unknown)
  | { handleEvent(event: E): unknown }
  | null
type DataOf<Data, Name> = Name extends keyof Data ? Data[Name] : string

/**
 * The EventSource of the standard, on fetch: the same in browsers, workers, Node, Bun and Deno.
 *
 * It reconnects by itself until `close()` or a final error. `Data` maps names of events to subtypes of string, for
 * TypeScript only.
 */
export interface EventSource<Data extends DataByName<Data> = Record<string, string>> extends EventTarget {
  readonly CONNECTING: 0
  readonly OPEN: 1
  readonly CLOSED: 2
  /** Absolute, as it was given: redirects do not change it. */
  readonly url: string
  readonly withCredentials: boolean
  readonly readyState: 0 | 1 | 2
  // Read, a handler is one that the standard's class might have: ours can be given wherever that one is asked for.
  get onopen(): Given<Event>
  set onopen(handler: Handler<EventSource<Data>, Event>)
  get onmessage(): Given<EventSourceMessageEvent<DataOf<Data, 'message'>>>
  set onmessage(handler: Handler<EventSource<Data>, EventSourceMessageEvent<DataOf<Data, 'message'>>>)
  get onerror(): Given<Event>
  set onerror(handler: Handler<EventSource<Data>, EventSourceErrorEvent>)
  /** Ends it: nothing is told afterwards, the socket closes. */
  close(): void

  /** The last event ID received; the next request sends that of the last event told. (A pending addition to the standard.) */
  readonly lastEventId: string
  /** In ms: the last `retry` received, else the initial delay. An attempt waits 500 ms to an hour of it. (A pending addition.) */
  readonly reconnectionTime: number
  /** Drops an unfinished event, before another body is piped into the stream it reads. (A pending addition.) */
  reset(): void
  /**
   * Drops the connection and goes on at once from the last event ID. Tells no `error`, only a new `open`. Where nothing
   * can go on (a POST without an ID), it is the end; to a given stream it does nothing.
   */
  reconnect(): void

  addEventListener(
    type: 'open',
    listener: Listener<EventSource<Data>, Event>,
    options?: ListenerOptions,
  ): void
  addEventListener(
    type: 'error',
    listener: Listener<EventSource<Data>, EventSourceErrorEvent>,
    options?: ListenerOptions,
  ): void
  addEventListener<Name extends string>(
    type: Name,
    listener: Listener<EventSource<Data>, EventSourceMessageEvent<DataOf<Data, Name>>>,
    options?: ListenerOptions,
  ): void
  removeEventListener<Name extends string>(
    type: Name,
    listener: Listener<EventSource<Data>, never>,
    options?: boolean | EventListenerOptions,
  ): void
}
