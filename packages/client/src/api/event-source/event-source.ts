import { mayProbe, targetClass } from '#platform'
import { checkConnectionOptions } from '../check-options.ts'
import { corsProbe } from '../../core/cors-probe.ts'
import { Feed, type FeedOptions } from './feed.ts'
import { asInterface } from './interface.ts'
import { eventSourceRequest } from './request.ts'
import { Handlers } from './handlers.ts'
import { eventSourceUrl } from './url.ts'
import { isFetchable } from '../request/absolute-url.ts'
import type { DataByName, EventSource as Instance, EventSourceInit } from './types.ts'

/** An interface, of one name with the class: then the declarations of an app can name the type of a source that it exports. */
export interface EventSource<Data extends DataByName<Data> = Record<string, string>> extends Instance<Data> {}

/** The type of the class itself. */
export interface EventSourceConstructor {
  readonly prototype: EventSource
  readonly CONNECTING: 0
  readonly OPEN: 1
  readonly CLOSED: 2
  /**
   * @example
   * const source = new EventSource('/feed')
   * source.onmessage = (event) => console.log(event.data)
   * @throws {DOMException} `SyntaxError` for a URL that cannot be parsed
   * @throws {EventStreamError} `invalid-option` for an init that cannot become a request
   */
  new <Data extends DataByName<Data> = Record<string, string>>(
    url: string | URL,
    init?: EventSourceInit | null,
  ): EventSource<Data>
  /**
   * Reads a stream of bytes that you have, instead of making requests. (A pending addition to the standard.)
   * @throws {TypeError} when the stream is locked
   */
  fromReadableStream(stream: ReadableStream<Uint8Array>): EventSource
}

/** In one call: assignments to a class at module level would keep it in every bundle that imports anything. */
function defineEventSource(): EventSourceConstructor {
  /** Handed by `fromReadableStream` to the constructor. */
  let given: FeedOptions | null = null

  class EventSource extends targetClass() {
    readonly #feed: Feed
    readonly #url: string
    readonly #withCredentials: boolean
    #handlers: Handlers | null = null

    // [WebIDL] A static operation is enumerable, as a field of a class is and a method is not.
    static fromReadableStream = (stream: ReadableStream<Uint8Array>): EventSource => {
      given = readingOf(stream)
      return new EventSource('about:event-stream')
    }

    // `init` has a default value, so that the constructor's length is 1, as in the standard.
    constructor(url: string | URL, init: EventSourceInit | null = null) {
      if (arguments.length === 0) throw new TypeError('EventSource needs a URL')
      super()
      // [WebIDL] Both arguments are converted, in this order, before any step looks at them; a symbol throws a TypeError.
      const text = `${url}`
      const options = dictionary(init)
      this.#withCredentials = Boolean(options.withCredentials)
      const target = eventSourceUrl(text)
      this.#url = target.href
      const feed = given ?? subscription(target, options, this.#withCredentials)
      given = null
      this.#feed = new Feed(this, feed)
    }

    get url(): string {
      return this.#url
    }

    get withCredentials(): boolean {
      return this.#withCredentials
    }

    get readyState(): 0 | 1 | 2 {
      return this.#feed.readyState
    }

    get lastEventId(): string {
      return this.#feed.session.inflow.lastEventId
    }

    get reconnectionTime(): number {
      return this.#feed.session.inflow.reconnectionTime
    }

    get onopen(): object | null {
      return this.#handlers?.get('open') ?? null
    }

    set onopen(handler: unknown) {
      this.#handle('open', handler)
    }

    get onmessage(): object | null {
      return this.#handlers?.get('message') ?? null
    }

    set onmessage(handler: unknown) {
      this.#handle('message', handler)
    }

    get onerror(): object | null {
      return this.#handlers?.get('error') ?? null
    }

    set onerror(handler: unknown) {
      this.#handle('error', handler)
    }

    #handle(type: string, handler: unknown): void {
      this.#handlers ??= new Handlers(this)
      this.#handlers.set(type, handler)
    }

    close(): void {
      this.#feed.session.driver.command({ type: 'close', by: 'close', reason: undefined })
    }

    reconnect(): void {
      // To a given stream there is no second connection.
      if (!this.#feed.given) this.#feed.session.driver.command({ type: 'reconnect' })
    }

    reset(): void {
      this.#feed.session.inflow.open()
    }
  }

  asInterface(EventSource, 'EventSource')
  // Libraries look for this mark on npm's eventsource to learn whether `init.fetch` is used.
  Object.defineProperty(EventSource, Symbol.for('eventsource.supports-fetch-override'), { value: true })
  // The constants are put there by `asInterface`, which TypeScript cannot see.
  return EventSource as unknown as EventSourceConstructor
}

/**
 * The EventSource of the standard, on fetch, with headers, other methods and a reason for each error. It reconnects by
 * itself until `close()` or a final error.
 *
 * @example
 * const source = new EventSource('/prices', { headers: { 'x-desk': '7' } })
 * source.addEventListener('price', ({ data, lastEventId }) => show(data, lastEventId))
 * source.addEventListener('error', ({ error }) => error.willRetry || show(error.message))
 */
export const EventSource: EventSourceConstructor = /* @__PURE__ */ defineEventSource()

/** Shared by all sources without an init: thousands may wait. */
const noInit: EventSourceInit = {}

/** [WebIDL] A dictionary: undefined and null are empty ones, any other value that is no object is refused. */
function dictionary(init: EventSourceInit | null): EventSourceInit {
  if (init !== null && Object(init) !== init) throw new TypeError('init must be an object')
  return init ?? noInit
}

function subscription(url: URL, options: EventSourceInit, withCredentials: boolean): FeedOptions {
  const request = eventSourceRequest(url, options, withCredentials)
  checkConnectionOptions(options, request)
  const { resume } = options
  const usual = request.method === 'GET' && !options.fetch && options.corsProbe !== false
  return {
    options,
    request,
    resume: typeof resume === 'function' ? resume : (resume?.request ?? null),
    probe: usual && mayProbe(url) ? corsProbe : null,
    fetchable: isFetchable(url),
    given: false,
  }
}

/** A given stream as the reply to a request that is never made, and never made again. */
function readingOf(stream: ReadableStream<Uint8Array>): FeedOptions {
  // Throws a TypeError when the stream is locked.
  const reader = stream.getReader()
  const empty = new Response(null, { headers: { 'content-type': 'text/event-stream' } })
  const reply = Object.defineProperty(empty, 'body', { value: { getReader: () => reader } })
  const url = new URL('about:event-stream')
  return {
    options: {
      fetch: async () => reply,
      retry: false,
      // Also where it is closed before it is read: nobody else can cancel what our reader has locked.
      observe: ({ type }) => void (type === 'close' && reader.cancel().catch(() => {})),
    },
    request: eventSourceRequest(url, {}, false),
    resume: null,
    probe: null,
    fetchable: true,
    given: true,
  }
}
