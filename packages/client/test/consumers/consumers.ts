import { tee, toReadableStream, type EventStream, type StreamEvent } from '@millrace/client'
import { must } from '../walk/must.ts'

export type Numbers = EventStream<StreamEvent<unknown>>

/** Takes an event. True: the consumer wants no more, and leaves. */
export type Take = (event: StreamEvent<unknown>) => boolean

type Pause = () => Promise<void>

/** Reads a stream to its end, or until it leaves; throws what the stream throws. */
type Consumer = (stream: Numbers, take: Take, pause: Pause) => Promise<void>

async function loop(events: AsyncIterable<StreamEvent<unknown>>, take: Take, pause: Pause): Promise<void> {
  for await (const event of events) {
    if (take(event)) break
    await pause()
  }
}

/** Three calls of `next()` are under way at any time. */
async function eager(stream: Numbers, take: Take): Promise<void> {
  const events = stream[Symbol.asyncIterator]()
  const pending = [events.next(), events.next(), events.next()]
  let error: unknown = null
  let over = false
  for (let next = pending.shift(); next !== undefined; next = pending.shift()) {
    const result = await next.catch((cause: unknown) => cause)
    if (isResult(result)) {
      must(!over || result.done === true, 'an event after the end')
      over = result.done === true
      if (!over) pending.push(events.next())
      if (result.done !== true && take(result.value)) {
        await events.return?.()
        await Promise.allSettled(pending)
        return
      }
    } else {
      must(!over, 'an error after the end')
      over = true
      error = result
    }
  }
  if (error !== null) throw error
}

function isResult(value: unknown): value is IteratorResult<StreamEvent<unknown>, undefined> {
  return typeof value === 'object' && value !== null && 'done' in value
}

async function branches(stream: Numbers, take: Take, pause: Pause): Promise<void> {
  const [one, other] = tee(stream, 2, { limit: 2 })
  const slower: unknown[] = []
  const faster: unknown[] = []
  const read = [
    loop(one, (event) => faster.push(event) > 0 && take(event), pause),
    loop(other, (event) => slower.push(event) < 0, pause),
  ]
  const [first] = await Promise.allSettled(read)
  must(
    slower.every((event, n) => n >= faster.length || event === faster[n]),
    'branches of one stream differ',
  )
  if (first?.status === 'rejected') throw first.reason
}

async function batches(stream: Numbers, take: Take, pause: Pause): Promise<void> {
  for await (const batch of stream.batches()) {
    // Whoever leaves a batch in the middle has been handed all of it.
    if (batch.map(take).includes(true)) break
    await pause()
  }
}

const readable: Consumer = (stream, take, pause) => loop(toReadableStream(stream), take, pause)

export const consumers: readonly [Consumer, ...Consumer[]] = [loop, loop, eager, branches, batches, readable]
