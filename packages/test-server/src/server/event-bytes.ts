import { encode, type EncodableEvent } from '@millrace/parser/encode'
import { utf8 } from '../scenario/bytes.ts'
import { after } from '../timer.ts'
import { HEARTBEAT, type EventSourceFunction, type StreamOptions, type Subscription } from './source.ts'

const BEAT = utf8(':\n\n')

/**
 * Bytes of a body: the events as they come, and a comment when none has come for a while. The source is asked
 * at once, not at the first read: what happens until then must not be lost.
 */
export function eventBytes(
  source: EventSourceFunction,
  subscription: Subscription,
  options: StreamOptions,
): AsyncGenerator<Uint8Array, void, undefined> {
  if (options.heartbeat !== undefined && !(options.heartbeat > 0))
    throw new RangeError('`heartbeat` is a time in ms above 0; Infinity sends none.')
  return withBeats(source(subscription)[Symbol.asyncIterator](), subscription.signal, options)
}

async function* withBeats(
  events: AsyncIterator<EncodableEvent | Uint8Array>,
  signal: AbortSignal,
  { heartbeat = HEARTBEAT, retry }: StreamOptions,
): AsyncGenerator<Uint8Array, void, undefined> {
  try {
    // A first write lets clients and proxies see the headers at once.
    yield retry === undefined ? BEAT : utf8(encode({ retry }))
    let next = ahead(events)
    while (!signal.aborted) {
      const result = await orBeat(next, heartbeat, signal)
      if (result === 'beat') yield BEAT
      else if (result === 'gone' || result.done) return
      else {
        next = ahead(events)
        yield result.value instanceof Uint8Array ? result.value : utf8(encode(result.value))
      }
    }
  } finally {
    // Not awaited: a source that waits for its next event ends by the signal.
    void events.return?.()
  }
}

/** The next event is asked for ahead; what it throws is told when it is waited for. */
function ahead<T>(events: AsyncIterator<T>): Promise<IteratorResult<T>> {
  const next = events.next()
  next.catch(() => {})
  return next
}

/** The next event, or 'beat' when it takes too long, or 'gone' when the client is. */
function orBeat<T>(next: Promise<T>, ms: number, signal: AbortSignal): Promise<T | 'beat' | 'gone'> {
  return new Promise((resolve, reject) => {
    const settle = (value: T | 'beat' | 'gone') => {
      stop()
      signal.removeEventListener('abort', gone)
      resolve(value)
    }
    const gone = () => settle('gone')
    const stop = after(ms, () => settle('beat'))
    signal.addEventListener('abort', gone)
    next.then(settle, (error: unknown) => {
      stop()
      signal.removeEventListener('abort', gone)
      reject(error)
    })
  })
}
