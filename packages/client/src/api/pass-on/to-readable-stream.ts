/**
 * A stream of events as a `ReadableStream`, for `pipeThrough` and for frameworks that take one. It reads nothing ahead.
 * A stream that throws errors it, and cancelling it closes the stream.
 *
 * @example toReadableStream(stream).pipeThrough(new TransformStream({ transform }))
 * @throws {EventStreamError} `already-consumed` when the stream has a consumer
 */
export function toReadableStream<Event>(stream: AsyncIterable<Event>): ReadableStream<Event> {
  const events = stream[Symbol.asyncIterator]()
  return new ReadableStream<Event>(
    {
      async pull(controller) {
        const { done, value } = await events.next()
        if (done === true) controller.close()
        else controller.enqueue(value)
      },
      async cancel() {
        await events.return?.()
      },
    },
    { highWaterMark: 0 },
  )
}
