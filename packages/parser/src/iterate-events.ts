import type { Backlog } from './backlog.ts'
import type { EventSourceMessage } from './types.ts'

type Result = IteratorResult<EventSourceMessage, undefined>

/**
 * The iterator for `for await` over a stream of events. It gives what the stream's own would, but takes all events of a
 * chunk except the first straight from the backlog: through the stream's queue an event takes half as long again (W1 at
 * 16 KB). And WebKit's streams have no iterator.
 */
export function iterateEvents(
  stream: ReadableStream<EventSourceMessage>,
  backlog: Backlog,
  { preventCancel = false }: ReadableStreamIteratorOptions = {},
): AsyncIterableIterator<EventSourceMessage> {
  const reader = stream.getReader()
  let over = false
  /** The stream broke while no read waited that could have told it. */
  let untold: { readonly reason: unknown } | undefined

  function end(): void {
    over = true
    backlog.reads = 0
    reader.releaseLock()
  }
  reader.closed.then(end, (reason: unknown) => {
    if (!over && backlog.reads === 0) untold = { reason }
    end()
  })

  async function last(): Promise<Result> {
    const failure = untold
    untold = undefined
    if (failure) throw failure.reason
    return { done: true, value: undefined }
  }

  const iterator: AsyncIterableIterator<EventSourceMessage> = {
    next() {
      if (over) return last()
      const event = backlog.reads === 0 ? backlog.take() : undefined
      if (event !== undefined) return Promise.resolve<Result>({ done: false, value: event })
      backlog.reads++
      return reader.read()
    },
    async return(value?: unknown) {
      if (!over) {
        const cancelled = preventCancel ? undefined : reader.cancel(value)
        end()
        await cancelled
      }
      return { done: true, value }
    },
    [Symbol.asyncIterator]: () => iterator,
  }
  return iterator
}
