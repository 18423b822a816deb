import { fetchEventStream, type EventStream, type StreamEvent, type StreamOptions } from '@millrace/client'
import type { Records } from '@millrace/test-server'
import { scenario, type Scenario, type Step } from '@millrace/test-server/scenario'
import { readAll, type ReadAll } from '../../../../test/support/read-all.ts'
import { play } from '../../../../test/support/remote.ts'
import { skipping } from '../../../../test/support/skipping.ts'

export const end: Step = { type: 'end' }
export const done: Step = { type: 'event', data: '[DONE]' }
export const event = (id: string, data: string = id): Step => ({ type: 'event', id, data })

interface ReadStream extends ReadAll<StreamEvent> {
  readonly stream: EventStream
}

/** What was asked for it. */
interface ReadOverPost extends ReadStream {
  readonly requests: Records['requests']
  readonly sent: readonly {
    readonly method: string
    /** The last part of the URL. */
    readonly path: string
    readonly lastEventId: string | null
  }[]
  readonly delays: readonly number[]
}

interface ReadInTwo extends ReadStream {
  readonly asked: readonly string[]
}

/** Reads an answer over POST, and what was asked for it. */
export async function post(
  given: Scenario,
  options: StreamOptions<StreamEvent>,
  onEvent?: (event: StreamEvent) => unknown,
): Promise<ReadOverPost> {
  await using server = await play(given)
  const time = skipping()
  const stream = fetchEventStream(server.url, {
    json: { id: 'chat 1' },
    until: '[DONE]',
    ...time.options,
    ...options,
  })
  const read = await readAll(stream, onEvent)
  const requests = await server.requests()
  const sent = requests.map(({ method, url, headers }) => ({
    method,
    path: url.replace(/^.*\/(?=[^/]*$)/, ''),
    lastEventId: headers['last-event-id'] ?? null,
  }))
  return { ...read, stream, requests, sent, delays: time.delays }
}

/** Reads an answer whose POST has one reply and whose GET has another, wherever the URLs point; `asked` names both. */
export async function readInTwo(
  url: string,
  onPost: readonly Step[],
  onGet: readonly Step[],
  options: StreamOptions<StreamEvent>,
): Promise<ReadInTwo> {
  const asked: string[] = []
  await using posted = await play(scenario(onPost))
  await using got = await play(scenario(onGet))
  const routed: typeof fetch = (input, init) => {
    asked.push(`${init?.method} ${String(input)}`)
    return fetch(init?.method === 'POST' ? posted.url : got.url, init)
  }
  const stream = fetchEventStream(url, { fetch: routed, ...skipping().options, ...options })
  return { ...(await readAll(stream)), stream, asked }
}
