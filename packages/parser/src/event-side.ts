import { Backlog } from './backlog.ts'
import { iterateEvents } from './iterate-events.ts'
import type { EventSourceMessage } from './types.ts'

/** The readable side of the stream. */
export interface EventSide {
  readonly readable: ReadableStream<EventSourceMessage>
  /** Somebody has asked for an event and has not got it yet. */
  isAsked: () => boolean
  give: (event: EventSourceMessage) => void
  /** Makes this side an errored one; events that nobody has asked for are lost, as with any stream. */
  fail: (reason: unknown) => void
  close: () => void
}

interface Owner {
  /** An event is asked for, and none is left. */
  ask: () => void
  cancel: (reason: unknown) => void
}

export function eventSide({ ask, cancel }: Owner): EventSide {
  let events: ReadableStreamDefaultController<EventSourceMessage>
  let asked = false
  /** A `for await` loop takes these itself; all other readers get them through `pull()`. */
  const backlog = new Backlog()

  function enqueue(event: EventSourceMessage): void {
    if (backlog.reads > 0) backlog.reads--
    events.enqueue(event)
  }

  /** True when there were any. */
  function enqueueBacklog(): boolean {
    const first = backlog.take()
    for (let event = first; event !== undefined; event = backlog.take()) enqueue(event)
    return first !== undefined
  }

  const readable = new ReadableStream<EventSourceMessage>(
    {
      start: (controller) => void (events = controller),
      pull() {
        if (enqueueBacklog()) return
        asked = true
        ask()
      },
      cancel(reason) {
        backlog.clear()
        cancel(reason)
      },
    },
    { highWaterMark: 0 },
  )
  Object.defineProperty(readable, Symbol.asyncIterator, {
    value: (how?: ReadableStreamIteratorOptions) => iterateEvents(readable, backlog, how),
  })
  return {
    readable,
    isAsked: () => asked,
    give(event) {
      if (!asked) return backlog.push(event)
      // Before the event is given: whoever gets it may ask for the next one at once.
      asked = false
      enqueue(event)
    },
    fail(reason) {
      backlog.clear()
      events.error(reason)
    },
    close() {
      enqueueBacklog()
      events.close()
    },
  }
}
