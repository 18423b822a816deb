import { given } from '../../api/given.ts'
import type { Fetch } from '../../api/request/fetch-types.ts'
import { defaults } from '../../api/options.ts'
import { asOwn } from '../../api/own-fetch.ts'
import { fetchEventStream } from '../../api/stream/fetch-event-stream.ts'
import { waitOf } from '../../api/waits.ts'
import type { FetchEventSourceInit } from './init.ts'
import { onHidden, pause, shown } from './pause.ts'
import { requestOf, type RequestOf } from './request-of.ts'
import { asSpelt } from './spelling.ts'
import { Judge, type Verdict } from './verdict.ts'

/** The media type of an event stream. */
export const EventStreamContentType = 'text/event-stream'

/**
 * `fetchEventSource` of @microsoft/fetch-event-source, with its option names, on `fetchEventStream`. Resolves when the
 * server ends the stream or the signal aborts; rejects with what `onerror` throws, and with an EventStreamError when
 * the request may not be sent again.
 *
 * @example
 * await fetchEventSource('/chat', { method: 'POST', body, onmessage: ({ data }) => show(data) })
 */
export async function fetchEventSource(
  input: string | URL | Request,
  init: FetchEventSourceInit = {},
): Promise<void> {
  const request = requestOf(input, init)
  const { signal } = init
  const pauses = init.openWhenHidden === false && request.method === 'GET'
  let place: Place = { lastEventId: '', reconnectionTime: defaults.retry.initialDelay }
  for (;;) {
    if (pauses) await shown(signal)
    if (signal?.aborted) return
    const turn = await readOnce(request, init, pauses, place)
    place = turn.place
    if (signal?.aborted || turn.next === 'over') return
    if (turn.next.type !== 'again') throw turn.next.error
    await pause(turn.next.delay ?? place.reconnectionTime, signal)
  }
}

/** What the server said, which holds for every stream after it. */
interface Place {
  readonly lastEventId: string
  /** Within the bounds that hold for every wait: `retry: 0` makes no flood. */
  readonly reconnectionTime: number
}

interface Turn {
  readonly next: 'over' | Verdict
  readonly place: Place
}

/** Reads one stream, which reconnects by itself as long as its own rule allows it and `onerror` does not decide otherwise. */
async function readOnce(
  request: RequestOf,
  init: FetchEventSourceInit,
  pauses: boolean,
  from: Place,
): Promise<Turn> {
  const judge = new Judge(init)
  let { reconnectionTime } = from
  const stream = fetchEventStream(request.url, {
    ...request.options,
    fetch: fetchWith(init, judge),
    lastEventId: from.lastEventId,
    retry: {
      initialDelay: from.reconnectionTime,
      // A body that ends is not asked for again here: `onclose` decides what follows.
      when: (error) => (error.code === 'truncated' ? false : judge.mayRepeat(error)),
    },
    observe: (entry) => {
      if (entry.type === 'attempt') judge.begin()
      if (entry.type === 'retry') reconnectionTime = waitOf(entry.ms)
    },
  })
  let next: Turn['next'] | null = null
  const hide = () => {
    next = { type: 'again', delay: 0 }
    stream.close('hidden')
  }
  const unfollow = pauses ? onHidden(hide) : () => {}
  try {
    for await (const { type, data, lastEventId } of stream) {
      init.onmessage?.({ id: lastEventId, event: type === 'message' ? '' : type, data })
    }
    next ??= judge.closed(request.method)
  } catch (error) {
    next = init.signal?.aborted ? 'over' : judge.threw(error)
  } finally {
    unfollow()
  }
  return { next, place: { lastEventId: stream.lastEventId, reconnectionTime } }
}

/** Members of fetch's own init that the stream does not pass on. */
const ofFetch = ['integrity', 'keepalive', 'priority', 'redirect'] as const

/** The app's fetch, with `onopen` between it and the stream; the runtime's own one if the app has neither. */
function fetchWith(init: FetchEventSourceInit, judge: Judge): Fetch | undefined {
  const { fetch, onopen } = init
  const more: Pick<RequestInit, (typeof ofFetch)[number]> = given(init, ofFetch)
  if (!fetch && onopen === undefined && Object.keys(more).length === 0) return undefined
  // Unless the app has a say in it, redirects are followed hop by hop outside pages: `onopen` is told of the last reply.
  const own = !fetch && (more.redirect ?? 'follow') === 'follow'
  const around: Fetch = async (input, request) => {
    const whole = { ...more, ...request, headers: asSpelt(request.headers, init.headers) }
    const response = await (fetch ? judge.fetch(() => fetch(input, whole)) : globalThis.fetch(input, whole))
    if (!(own && isRedirect(response))) await judge.open(response)
    return response
  }
  return own ? asOwn(around) : around
}

function isRedirect({ status }: Response): boolean {
  return [301, 302, 303, 307, 308].includes(status)
}
