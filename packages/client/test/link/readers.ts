import { EventSource, fetchEventStream, lastEventIdGet } from '@millrace/client'
import type { Reader } from './day.ts'

const url = 'http://feed.example/'

/** With all its defaults: it learns the server's rhythm by itself. */
export const byStream: Reader = (link, runtime, hear) => {
  const stream = fetchEventStream(url, { runtime, fetch: link.fetch })
  void (async () => {
    for await (const { data } of stream) hear(data)
  })()
  return stream
}

/** An answer over POST, resumed by GET as long as it takes. Five attempts in a row without an event are the default. */
export const byAnswer: Reader = (link, runtime, hear) => {
  const stream = fetchEventStream(url, {
    runtime,
    fetch: link.fetch,
    json: {},
    until: '[DONE]',
    resume: lastEventIdGet,
    retry: { maxAttempts: Number.POSITIVE_INFINITY },
  })
  void (async () => {
    for await (const { data } of stream) hear(data)
    const { type } = await stream.outcome
    hear(type)
  })()
  return stream
}

/** The class notices silence, and outlives a 503, only when it is told to. */
export const byClass: Reader = (link, runtime, hear) => {
  const timeouts = { idle: 45_000 }
  const retry = { statuses: [503] }
  const source = new EventSource(url, { runtime, fetch: link.fetch, timeouts, retry })
  source.addEventListener('message', ({ data }) => hear(data))
  return source
}
