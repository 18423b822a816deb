import { createParser, type EventSourceParser } from '@millrace/parser'
import type { Failure } from '../core/failure.ts'
import type { RawEvent } from '../core/reading.ts'

/** What the stream said beside events, in its place between them. */
export type Note =
  | { readonly note: 'comment'; readonly comment: string }
  | { readonly note: 'id'; readonly id: string }
  | { readonly note: 'retry'; readonly ms: number }

export type Item = RawEvent | Note

export interface InflowLimits {
  /** Bytes of UTF-8. */
  readonly event: number
  readonly id: number
}

/**
 * Bytes in, a queue of events and notes out. Everything an app sees in order goes through the one queue: a comment
 * told at parse time would overtake the events before it.
 */
export class Inflow {
  /** The last event ID string as parsed: what the next request sends, while the rest of the chunk is still queued. */
  lastEventId: string
  bytes = 0
  readonly #parser: EventSourceParser
  readonly #limits: InflowLimits
  #items: Item[] = []
  #head = 0
  /** The limit that ended parsing, until the next body. */
  #passed: keyof InflowLimits | null = null

  constructor(limits: InflowLimits, lastEventId: string, wantsComments: boolean) {
    this.#limits = limits
    this.lastEventId = lastEventId
    this.#parser = createParser({
      maxBufferSize: limits.event,
      maxFieldSize: limits.id,
      onEvent: ({ event, data }) => {
        this.#items.push({ type: event || 'message', data, lastEventId: this.lastEventId })
      },
      onId: (id) => {
        this.lastEventId = id
        this.#items.push({ note: 'id', id })
      },
      onError: ({ option }) => {
        if (option !== undefined) this.#passed = option === 'maxFieldSize' ? 'id' : 'event'
      },
      onRetry: (ms) => void this.#items.push({ note: 'retry', ms }),
      ...(wantsComments
        ? { onComment: (comment: string) => void this.#items.push({ note: 'comment', comment }) }
        : {}),
    })
  }

  /** Bytes of a block that no blank line has ended. */
  get tail(): number {
    return this.#parser.pending
  }

  /** A new body: what was unfinished of the last one is dropped, the last event ID stays. */
  open(): void {
    this.#parser.reset()
    this.#passed = null
  }

  /** Parses a chunk. Gives a failure when a limit is passed; what came before it stays in the queue. */
  feed(chunk: Uint8Array): Failure | null {
    this.bytes += chunk.byteLength
    this.#parser.feed(chunk)
    return this.#passed === null
      ? null
      : { code: 'too-large', limit: this.#passed, bytes: this.#limits[this.#passed] }
  }

  /** A body that is no event stream, as one event. */
  whole(chunks: readonly Uint8Array[]): void {
    const decoder = new TextDecoder()
    const data = chunks.map((chunk) => decoder.decode(chunk, { stream: true })).join('') + decoder.decode()
    this.#items.push({ type: 'message', data, lastEventId: this.lastEventId })
  }

  shift(): Item | undefined {
    if (this.#head === this.#items.length) {
      if (this.#head > 0) {
        this.#items = []
        this.#head = 0
      }
      return undefined
    }
    return this.#items[this.#head++]
  }

  /** Drops what is queued: after the end of the stream nothing more is told. */
  clear(): void {
    this.#items = []
    this.#head = 0
  }
}
