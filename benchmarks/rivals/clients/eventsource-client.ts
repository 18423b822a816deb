import { createEventSource } from 'eventsource-client'
import type { ViewEvent } from '@millrace/test-server'
import type { Client } from '../../../test/faults/client.ts'

export const eventsourceClient: Client = {
  name: 'eventsource-client 1.2.0',
  cannot: (view) => {
    if (view.options !== undefined) return 'It has no such option.'
    return view.request?.method === 'POST' ? 'It knows no end of an answer.' : null
  },
  start({ url, view }) {
    const events: ViewEvent[] = []
    let lastEventId = ''
    const client = createEventSource({
      url,
      ...(view.request?.headers && { headers: view.request.headers }),
      onMessage({ event, data, id }) {
        // It gives the id of the block alone; what the standard calls the last event ID is made here.
        if (id !== undefined) lastEventId = id
        events.push([event ?? 'message', data, lastEventId])
      },
    })
    return {
      events,
      get end() {
        return client.readyState === 'closed' ? 'closed' : 'open'
      },
      code: undefined,
      stop: () => client.close(),
    }
  },
}
