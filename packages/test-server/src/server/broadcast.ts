import { encode, type EncodableEvent } from '@millrace/parser/encode'
import { BoundedQueue } from '../bounded-queue.ts'
import { DEFAULT_LIMITS } from '../limits.ts'
import { utf8 } from '../scenario/bytes.ts'
import { ReplayLog, type LoggedEvent } from './replay-log.ts'
import type { Subscription } from './source.ts'

/** Options of a `Broadcast`. */
export interface BroadcastOptions {
  /** Events that are kept for clients that come again. @default 1000 */
  readonly log?: number | undefined
  /** Bytes that a reader may be behind before it is dropped; it comes again and finds the rest in the log. @default 1 MiB */
  readonly behind?: number | undefined
  /**
   * What comes before the number of an event without an id. Each process needs one of its own, as its time of start: who
   * comes from another process with the number 5 is otherwise taken for a reader that has had this one's first five.
   * @default none
   */
  readonly prefix?: string | undefined
  /** Whether a client that has no ID yet gets what the log keeps: an answer is followed from its start, a feed from now. @default false */
  readonly fromStart?: boolean | undefined
}

/**
 * One stream of events for many clients. Each event is encoded once; each client has a bounded queue.
 *
 * @example
 * const news = new Broadcast()
 * createServer((request, response) => sendEvents(request, response, news.subscribe))
 * news.publish({ data: 'hello' })
 */
export class Broadcast {
  readonly #log: ReplayLog
  readonly #behind: number
  /** Of what the log keeps, made once for all: when a server is back, thousands ask for the same. */
  readonly #bytes = new WeakMap<LoggedEvent, Uint8Array>()
  readonly #fromStart: boolean
  #readers = new Set<BoundedQueue>()
  #ended = false

  constructor(options: BroadcastOptions = {}) {
    const { log = 1000, behind = DEFAULT_LIMITS.behind, prefix, fromStart = false } = options
    this.#log = new ReplayLog(log, prefix)
    this.#behind = behind
    this.#fromStart = fromStart
  }

  /** How many clients are connected. */
  get size(): number {
    return this.#readers.size
  }

  /** Sends an event to everyone. @throws {TypeError} when a field cannot be encoded; nobody gets it then */
  publish(event: EncodableEvent): LoggedEvent {
    // Before it is kept: an event that cannot be sent is no event.
    encode(event)
    const logged = this.#log.append(event)
    const bytes = utf8(encode(logged))
    this.#bytes.set(logged, bytes)
    for (const reader of this.#readers) reader.push(bytes)
    return logged
  }

  /** Ends the stream for everyone who is connected. Who comes later gets what it missed, and the end. */
  end(): void {
    this.#ended = true
    for (const reader of this.#readers) reader.end()
  }

  /** What one client gets: first what it missed, then what comes. A source for `eventResponse` and `sendEvents`. */
  readonly subscribe = ({ lastEventId, signal, drop }: Subscription): AsyncIterable<Uint8Array> => {
    const events = lastEventId === null && this.#fromStart ? this.#log.all() : this.#log.after(lastEventId)
    const missed = events.flatMap((event) => this.#bytes.get(event) ?? [])
    const leave = () => {
      this.#readers.delete(reader)
      reader.end()
    }
    const onBehind = () => {
      leave()
      drop(new ReaderBehindError())
    }
    const reader = new BoundedQueue({ limit: this.#behind, onBehind })
    this.#readers.add(reader)
    signal.addEventListener('abort', leave, { once: true })
    // Gone while the app was at something else: nobody will read, and no `abort` come any more.
    if (signal.aborted) leave()
    // Nothing more would come, and nobody would ever be told.
    if (this.#ended) reader.end()
    return deliver(missed, reader, leave)
  }
}

async function* deliver(
  missed: readonly Uint8Array[],
  reader: BoundedQueue,
  leave: () => void,
): AsyncGenerator<Uint8Array, void, undefined> {
  try {
    yield* missed
    yield* reader
  } finally {
    leave()
  }
}

/** A client that reads more slowly than events come; its connection is closed, so that it comes again. */
export class ReaderBehindError extends Error {
  override readonly name = 'ReaderBehindError'

  constructor() {
    super(
      'A reader fell behind by more than its queue may hold and was dropped; `behind` sets how much that is.',
    )
  }
}
