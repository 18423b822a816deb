import { createParser } from './create-parser.ts'
import { readerOf } from './source.ts'
import type { ChunkReader, EventStreamSource } from './source.ts'
import type { EventSourceMessage, EventSourceParser, ParserConfig } from './types.ts'

export type { EventStreamSource } from './source.ts'

/** Options of `parseEventStream`: those of `createParser`, without `onEvent`. */
export type EventStreamOptions = Omit<ParserConfig, 'onEvent'>

/** The events of one stream, pulled. Leaving the loop cancels the source. */
export interface ParsedEventStream extends AsyncIterableIterator<EventSourceMessage> {
  /** The rest of the same stream as arrays, all events of one read at a time: one `await` for many events. */
  batches: () => AsyncIterableIterator<EventSourceMessage[]>
}

/**
 * Reads events from a response, a body or any async iterable of bytes or text, as fast as they are consumed.
 *
 * ```ts
 * for await (const event of parseEventStream(await fetch(url))) console.log(event.data)
 * for await (const events of parseEventStream(response).batches()) render(events)
 * ```
 *
 * The loop ends with the source, and throws what the source throws. It does not look at status or media type, and
 * never reconnects.
 * @throws {ParseError} from the loop, after the events before it, when a limit was passed.
 * @throws {TypeError} at once, for what is no source, and when the body is already being read.
 */
export function parseEventStream(
  source: EventStreamSource,
  options: EventStreamOptions = {},
): ParsedEventStream {
  const pull = new Pull(readerOf(source), options)
  const close = (): Promise<IteratorReturnResult<undefined>> => pull.close()
  const batches: AsyncIterableIterator<EventSourceMessage[]> = {
    next: () => pull.batch(),
    return: close,
    [Symbol.asyncIterator]: () => batches,
  }
  const events: ParsedEventStream = {
    next: () => pull.event(),
    return: close,
    [Symbol.asyncIterator]: () => events,
    batches: () => batches,
  }
  return events
}

const finished: IteratorReturnResult<undefined> = { done: true, value: undefined }

/** After so many reads, timers and whoever wants to stop the loop get a turn: a source that is always ready leaves them none. */
const readsInARow = 1024

function anotherTask(): Promise<void> {
  return new Promise((resolve) => void (globalThis.setImmediate ?? setTimeout)(resolve))
}

/** Reads a chunk only when somebody asks for an event and none is waiting. */
class Pull {
  readonly #reader: ChunkReader
  readonly #parser: EventSourceParser
  #events: EventSourceMessage[] = []
  #next = 0
  #reads = 0
  #reading: Promise<void> | undefined
  #ended = false
  #failure: { error: unknown } | undefined

  constructor(reader: ChunkReader, options: EventStreamOptions) {
    this.#reader = reader
    this.#parser = createParser({
      ...options,
      onEvent: (event) => this.#events.push(event),
      onError: (error) => {
        if (error.option) this.#failure = { error }
        options.onError?.(error)
      },
    })
  }

  event(): Promise<IteratorResult<EventSourceMessage, undefined>> {
    const event = this.#events[this.#next]
    if (event === undefined) return this.#more(() => this.event())
    this.#next++
    return Promise.resolve({ done: false, value: event })
  }

  batch(): Promise<IteratorResult<EventSourceMessage[], undefined>> {
    if (this.#next === this.#events.length) return this.#more(() => this.batch())
    const events = this.#next === 0 ? this.#events : this.#events.slice(this.#next)
    this.#clear()
    return Promise.resolve({ done: false, value: events })
  }

  async close(): Promise<IteratorReturnResult<undefined>> {
    this.#clear()
    this.#failure = undefined
    if (!this.#ended) {
      this.#ended = true
      await this.#reader.cancel()
    }
    return finished
  }

  #clear(): void {
    this.#events = []
    this.#next = 0
  }

  async #more<Result>(again: () => Promise<Result>): Promise<Result | IteratorReturnResult<undefined>> {
    if (this.#failure) {
      const { error } = this.#failure
      await this.close()
      throw error
    }
    if (this.#ended) return finished
    // Two calls at once share one read, or events would come out of order.
    this.#reading ??= this.#read().finally(() => (this.#reading = undefined))
    await this.#reading
    return again()
  }

  /** A source that failed cannot be cancelled any more, so it counts as ended. */
  async #pull(): ReturnType<ChunkReader['read']> {
    try {
      return await this.#reader.read()
    } catch (error) {
      this.#ended = true
      throw error
    }
  }

  /** Reads until there is an event, an end or a failure. */
  async #read(): Promise<void> {
    this.#clear()
    try {
      while (this.#events.length === 0 && !this.#failure && !this.#ended) {
        if (++this.#reads % readsInARow === 0) {
          await anotherTask()
          continue
        }
        const { done, value } = await this.#pull()
        if (done) this.#ended = true
        else if (value !== undefined && !this.#ended) this.#parser.feed(value)
      }
    } catch (error) {
      this.#failure = { error }
    }
  }
}
