/**
 * A scenario is plain JSON data: what a server says, and where it breaks. Nothing here runs; `actions()`
 * turns it into what a transport does.
 */

/** Header values by name; an array sends the header more than once, `null` takes a default away. */
export type HeaderFields = Readonly<Record<string, string | readonly string[] | null>>

/** How a body ends: cleanly, by RST, or by a FIN in the middle of the HTTP message. */
export type Ending = 'end' | 'reset' | 'fin'

/** The fields of one event. `id: ''` is written, and resets the last event ID. */
export interface EventFields {
  readonly event?: string | undefined
  readonly data?: string | undefined
  readonly id?: string | undefined
  /** Reconnection time in ms. */
  readonly retry?: number | undefined
}

/** One thing that a server does while it replies; README.md has them as a table. Times are in ms, sizes in bytes. */
export type Step =
  /** Status of the reply; 200 when no step sets it. */
  | { readonly type: 'status'; readonly status: number; readonly text?: string }
  /** Adds to `content-type: text/event-stream` and `cache-control: no-cache`; `{date+5}` is an HTTP date, so many seconds from now. */
  | { readonly type: 'headers'; readonly headers: HeaderFields }
  /** An informational reply before the real one, as 103 Early Hints. */
  | { readonly type: 'inform'; readonly status: number; readonly headers?: HeaderFields }
  /** Ends the reply with a redirect; 307 unless said. `to` may be relative; `{elsewhere}` in it is another origin of this server. */
  | { readonly type: 'redirect'; readonly to: string; readonly status?: number }
  /** Sends the headers now; without it they go with the first bytes of the body. */
  | { readonly type: 'open' }
  | ({ readonly type: 'event' } & EventFields)
  | { readonly type: 'comment'; readonly text: string }
  /** Characters of the body as they stand, sent as UTF-8: for odd lines that no encoder writes. */
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'bytes'; readonly base64: string }
  /** `size` bytes of one ASCII character, written in pieces of 64 KiB: a line without end. */
  | { readonly type: 'fill'; readonly size: number; readonly text?: string }
  | { readonly type: 'wait'; readonly ms: number }
  /** Waits until a test opens the gate: faults come when the client has said how far it is, not after a sleep. */
  | { readonly type: 'gate'; readonly name: string }
  /** In `event`, `comment` and `text` steps inside, `{n}` counts from 1 and `{unix}` is the time in seconds. Without `times`: for ever. */
  | { readonly type: 'repeat'; readonly times?: number; readonly steps: readonly Step[] }
  /**
   * Sends the events of the scenario's `log` that follow the request's Last-Event-ID: all of them when it
   * has none or one that the log does not hold. `skip` leaves a gap, `again` repeats that many old events.
   */
  | { readonly type: 'replay'; readonly every?: number; readonly skip?: number; readonly again?: number }
  /** Everything published on a live channel until the channel ends or the client goes. */
  | { readonly type: 'channel'; readonly name: string }
  /** The body is cut when exactly `at` bytes of it are written, wherever this step stands in the list: after `wait` ms, or when the gate opens. */
  | {
      readonly type: 'cut'
      readonly at: number
      readonly by?: Ending
      readonly gate?: string
      readonly wait?: number
    }
  /** Each later write goes out in pieces of these sizes (the last size repeats), `every` ms apart. */
  | { readonly type: 'chunks'; readonly sizes: readonly number[]; readonly every?: number }
  /** Compresses the body for clients that accept gzip, flushed after each write. A cut leaves the trailer out. */
  | { readonly type: 'gzip' }
  /** Bytes past HTTP, straight on the socket: bad framing, a broken status line. */
  | { readonly type: 'raw'; readonly text: string }
  /** Says nothing more, and keeps the connection. As the first step: never answers. */
  | { readonly type: 'hang' }
  | { readonly type: 'end' }
  | { readonly type: 'reset' }
  | { readonly type: 'fin' }

/** Which requests a reply is for. Every given member must hold; without any it is for all requests. */
export interface Condition {
  readonly method?: string
  /** Number of the request to this scenario, from 1. */
  readonly request?: number
  /** Whether the request carries a Last-Event-ID. */
  readonly resumed?: boolean
  /** Headers that the request must have with exactly these values; `null`: must not have. */
  readonly headers?: Readonly<Record<string, string | null>>
}

/** One reply: what is done, in order, and for which requests. */
export interface Reply {
  readonly on?: Condition
  readonly steps: readonly Step[]
}

/** What a server says to each request, and where it breaks: plain JSON data. */
export interface Scenario {
  readonly name?: string
  /** The fact it reproduces. */
  readonly about?: string
  /** Events that `replay` steps send. */
  readonly log?: readonly EventFields[]
  /** The first reply whose condition holds answers; a request that no reply is for gets a 404. */
  readonly replies: readonly Reply[]
}
