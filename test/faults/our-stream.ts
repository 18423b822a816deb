import { EventStreamError, fetchEventStream, lastEventIdGet } from '@millrace/client'
import type { Runtime } from '@millrace/client'
import type { ViewEvent } from '@millrace/test-server'
import type { Client, End } from './client.ts'

/** `fetchEventStream` of this repository. */
export const ourStream: Client = {
  name: 'fetchEventStream',
  cannot: (view, transport) =>
    view.lastHeaders !== undefined && transport !== 'socket'
      ? "A fetch of one's own follows redirects by itself, and answers for what it sends."
      : null,
  start({ url, view, fetch, runtime }) {
    const events: ViewEvent[] = []
    const ending: { end: End; code: string | undefined } = { end: 'open', code: undefined }
    const { resume, ...options } = view.options ?? {}
    const stream = fetchEventStream(url, {
      ...view.request,
      ...(view.tokens && {
        headers: ({ attempt }) => ({ authorization: `Bearer ${view.tokens?.[attempt - 1]}` }),
      }),
      ...options,
      ...(resume === 'lastEventIdGet' && { resume: lastEventIdGet }),
      ...(fetch !== globalThis.fetch && { fetch }),
      ...(runtime !== undefined && { runtime: runtime as Runtime }),
    })
    const read = async () => {
      try {
        for await (const event of stream) {
          events.push([event.type, String(event.data), event.lastEventId])
        }
      } catch (error) {
        ending.code = error instanceof EventStreamError ? error.code : String(error)
      }
      const { type, error } = await stream.outcome
      ending.code ??= error?.code
      ending.end = type === 'complete' || type === 'truncated' ? type : 'closed'
    }
    void read()
    return {
      events,
      get end() {
        return ending.end
      },
      get code() {
        return ending.code
      },
      stop: () => stream.close(),
    }
  },
}
