import { fetchEventSource as read } from '@microsoft/fetch-event-source'
import type { ViewEvent } from '@millrace/test-server'
import type { Client, End } from '../../../test/faults/client.ts'

export const fetchEventSource: Client = {
  name: 'fetch-event-source 2.0.1',
  cannot: (view) => {
    if (view.options !== undefined) return 'It has no such option.'
    return view.request?.method === 'POST' ? 'It knows no end of an answer.' : null
  },
  start({ url, view }) {
    // It is made for pages; these are the two things of a page that it touches.
    Object.assign(globalThis, {
      window: globalThis,
      document: { hidden: false, addEventListener() {}, removeEventListener() {} },
    })
    const events: ViewEvent[] = []
    const controller = new AbortController()
    const ending: { end: End } = { end: 'open' }
    let lastEventId = ''
    const closed = () => {
      ending.end = 'closed'
    }
    read(url, {
      openWhenHidden: true,
      signal: controller.signal,
      ...(view.request?.headers && { headers: view.request.headers }),
      // Without it, it ends at a clean end of the body; this is its documented way to come again.
      onclose() {
        throw new RangeError('ended')
      },
      onmessage({ event, data, id }) {
        // It gives an empty id for none; an id that was set stays.
        if (id !== '') lastEventId = id
        events.push([event === '' ? 'message' : event, data, lastEventId])
      },
    }).then(closed, closed)
    return {
      events,
      get end() {
        return ending.end
      },
      code: undefined,
      stop: () => controller.abort(),
    }
  },
}
