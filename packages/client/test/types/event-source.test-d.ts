import {
  EventSource,
  type EventSourceErrorEvent,
  type EventSourceInit,
  type EventSourceMessageEvent,
  type EventStreamError,
} from '@millrace/client'
import { expectType } from './expect-type.ts'

const url = 'https://stream.example/'

export function untyped(): void {
  const source = new EventSource(url, { withCredentials: true })
  expectType<0 | 1 | 2>()(source.readyState)
  source.onmessage = ({ data, lastEventId }) => {
    expectType<string>()(data)
    expectType<string>()(lastEventId)
  }
  source.addEventListener('anything', (event) => {
    expectType<EventSourceMessageEvent<string>>()(event)
    const standard: MessageEvent<string> = event
    void standard
  })
  source.addEventListener('open', (event) => expectType<Event>()(event))
  source.addEventListener('error', (event) => {
    expectType<EventSourceErrorEvent>()(event)
    expectType<EventStreamError>()(event.error)
    expectType<number | undefined>()(event.code)
  })
  const listener = (event: MessageEvent): void => void event
  source.addEventListener('tick', listener, { once: true })
  source.removeEventListener('tick', listener)
}

/** Names to subtypes of string; an interface does as well as a type. */
interface Prices {
  tick: `${number}`
  halt: 'open' | 'closed'
}

export function typedByName(): void {
  const source = new EventSource<Prices>(url)
  source.addEventListener('tick', ({ data }) => expectType<`${number}`>()(data))
  source.addEventListener('halt', ({ data }) => expectType<'open' | 'closed'>()(data))
  source.addEventListener('other', ({ data }) => expectType<string>()(data))
  source.onmessage = ({ data }) => expectType<string>()(data)
  // @ts-expect-error: data is text; a schema or `parse` of fetchEventStream makes more of it
  take(new EventSource<{ tick: number }>(url))
}

function take(source: EventTarget): EventTarget {
  return source
}

/** It can stand where the platform's own class stands: for an option of a library, in place of the global. */
export const standard: typeof globalThis.EventSource = EventSource
export const standardSource: globalThis.EventSource = new EventSource(url)
export const typedSource: globalThis.EventSource = new EventSource<Prices>(url)
export function inPlaceOfTheGlobal(): void {
  globalThis.EventSource = EventSource
}

/** A handler knows its source and its event; what is read may be called with any event of that kind. */
export function handlers(source: EventSource, ofStandard: globalThis.EventSource): void {
  source.onerror = function ({ error }) {
    expectType<EventStreamError>()(error)
    this.reconnect()
  }
  source.onopen?.(new Event('open'))
  source.onopen = null
  expectType<((event: Event) => unknown) | null>()(source.onerror)
  // @ts-expect-error: no event has this
  source.onmessage = ({ datum }) => void datum
  ofStandard.onmessage = ({ data }) => void data
  source.onmessage = (event: MessageEvent<string>) => void event
  source.onerror = (event: Event) => void event
}
export const init: EventSourceInit = {
  fetch: globalThis.fetch,
  headers: async () => ({ a: 'b' }),
  retry: false,
}

/** Any fetch that takes a URL will do, one that adds headers to a copy, too. */
export function ownFetch(ofLibrary: (url: string | URL, init?: RequestInit) => Promise<Response>): void {
  take(new EventSource(url, { fetch: ofLibrary }))
  take(
    new EventSource(url, {
      fetch: (to, init) => fetch(to, { ...init, headers: { ...init.headers, a: 'b' } }),
    }),
  )
  // @ts-expect-error: it is given no Request
  take(new EventSource(url, { fetch: (request: Request) => fetch(request) }))
}

class Feed extends EventSource {
  readonly kind = 'feed'
}
export const feed: EventSource = new Feed(url)
