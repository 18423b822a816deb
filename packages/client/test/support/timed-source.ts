import { EventSource } from '@millrace/client'
import { virtualTime, type VirtualTime } from '@millrace/client/testing'

/** A source on a virtual clock of its own. */
export interface TimedSource {
  readonly time: VirtualTime
  readonly source: EventSource
  /** When each request was made, in ms. */
  readonly at: readonly number[]
}

/** `reply` to the first, the second … request. */
export function timedSource(
  reply: (request: number) => Response | Promise<Response>,
  random: () => number = () => 0.5,
): TimedSource {
  const time = virtualTime({ random })
  const at: number[] = []
  const source = new EventSource('http://127.0.0.1/', {
    runtime: time.runtime,
    fetch: async () => {
      at.push(time.runtime.now())
      return reply(at.length)
    },
  })
  return { time, at, source }
}

/** A reply that is an event stream of this text, which ends. */
export function streamOf(text: string): Response {
  return new Response(text, { headers: { 'content-type': 'text/event-stream' } })
}
