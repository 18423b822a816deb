import { encode } from '@millrace/parser/encode'
import type { Runtime } from '../../io/runtime.ts'
import { EventStreamError } from '../errors/event-stream-error.ts'
import { isStreamError } from '../errors/is-stream-error.ts'
import type { Outcome } from '../stream/outcome.ts'
import type { StreamEvent } from '../decode/stream-event.ts'
import type { StreamLike } from './stream-like.ts'

interface RelayOptions {
  /** Between two comments in ms while nothing else is sent. */
  readonly heartbeat: number
  readonly errorEvent: (error: EventStreamError) => ErrorEvent | null
  readonly runtime: Runtime
}

/** What a reader is told before the body breaks. */
export interface ErrorEvent {
  /** Its name. Default: that of an event without one, `message`. */
  readonly event?: string | undefined
  readonly data: string
}

/**
 * A stream's events, encoded again as they came, terminator included, with a comment whenever nothing came for a while.
 * It reads nothing ahead. An answer that is not whole errors it: a cut must stay a cut downstream.
 */
export function relay(
  stream: StreamLike<StreamEvent<unknown>>,
  { heartbeat, errorEvent, runtime }: RelayOptions,
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  const events = stream[Symbol.asyncIterator]()
  const next = new Next(() => events.next())
  let lastEventId = ''

  const encoded = (event: StreamEvent<unknown>): Uint8Array => {
    const id = event.lastEventId === lastEventId ? {} : { id: event.lastEventId }
    lastEventId = event.lastEventId
    // A body that is one event may have lines that end in CRLF, as JSON does where it is pretty-printed on Windows.
    const data = event.raw.replace(/\r\n?/g, '\n')
    return encoder.encode(encode({ ...id, ...nameOf(event), data }))
  }

  const pull = async (controller: ReadableStreamDefaultController<Uint8Array>): Promise<void> => {
    if (!(await next.arrives(heartbeat, runtime))) return controller.enqueue(encoder.encode(':\n\n'))
    const { done, value } = await next.take()
    if (done !== true) return controller.enqueue(encoded(value))
    const outcome = await stream.outcome
    if (!isWhole(outcome)) throw cutShort(outcome)
    if (outcome.type === 'complete' && stream.terminator !== null) {
      controller.enqueue(encoder.encode(encode({ data: stream.terminator })))
    }
    controller.close()
  }

  return new ReadableStream<Uint8Array>(
    {
      pull: (controller) =>
        pull(controller).catch(async (error: unknown) => {
          const told = isStreamError(error) ? errorEvent(error) : null
          if (told !== null) controller.enqueue(encoder.encode(encode(told)))
          await written(runtime)
          throw error
        }),
      async cancel() {
        await events.return?.()
      },
    },
    { highWaterMark: 0 },
  )
}

/**
 * What a server is given in one task it writes at the end of that. A body that breaks in the same task would take it along:
 * all that came in one piece with an error, which may be the whole answer so far.
 */
function written(runtime: Runtime): Promise<void> {
  return new Promise((resolve) => void runtime.sleep(1, resolve, false))
}

/** The next event, which may be waited for more than once. */
class Next<Event> {
  readonly #read: () => Promise<IteratorResult<Event, unknown>>
  #pending: Promise<IteratorResult<Event, unknown>> | null = null
  #here = false
  #wake: () => void = () => {}

  constructor(read: () => Promise<IteratorResult<Event, unknown>>) {
    this.#read = read
  }

  /** False when nothing came in time: the event is still to come. */
  async arrives(every: number, runtime: Runtime): Promise<boolean> {
    this.#ask()
    await new Promise<void>((resolve) => {
      if (this.#here) return resolve()
      const stop = Number.isFinite(every) ? runtime.sleep(every, resolve, true) : () => {}
      this.#wake = () => {
        stop()
        resolve()
      }
    })
    return this.#here
  }

  take(): Promise<IteratorResult<Event, unknown>> {
    const event = this.#ask()
    this.#pending = null
    this.#here = false
    return event
  }

  #ask(): Promise<IteratorResult<Event, unknown>> {
    if (this.#pending !== null) return this.#pending
    const here = () => {
      this.#here = true
      this.#wake()
    }
    this.#pending = this.#read()
    this.#pending.then(here, here)
    return this.#pending
  }
}

/** An event under its own name: `others: 'pass'` and `onInvalid: 'pass'` give it another type. */
function nameOf(event: StreamEvent<unknown>): { event?: string } {
  const name = 'name' in event && typeof event.name === 'string' ? event.name : event.type
  return name === 'message' ? {} : { event: name }
}

function isWhole({ type }: Outcome): boolean {
  return type === 'complete' || type === 'ended'
}

function cutShort({ error }: Outcome): EventStreamError {
  return error ?? new EventStreamError({ code: 'truncated', hint: 'the stream that is passed on was closed' })
}
