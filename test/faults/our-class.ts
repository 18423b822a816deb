import { EventSource, type EventSourceInit } from '@millrace/client'
import type { ViewEvent } from '@millrace/test-server'
import type { Client } from './client.ts'

/** The class of this repository. */
export const ourClass: Client = {
  name: 'EventSource',
  cannot(view, transport) {
    if (view.request?.method === 'POST') return 'An answer over POST is for fetchEventStream.'
    if (view.tokens !== undefined) return 'The class fails on every status but 200.'
    if (view.lastHeaders !== undefined && transport !== 'socket') {
      return "A fetch of one's own follows redirects by itself, and answers for what it sends."
    }
    return null
  },
  start({ url, view, fetch, runtime, names }) {
    const events: ViewEvent[] = []
    const ending: { code: string | undefined } = { code: undefined }
    const source = new EventSource(url, {
      ...view.request,
      ...view.options,
      ...(fetch !== globalThis.fetch && { fetch }),
      ...(runtime !== undefined && { runtime }),
    } as EventSourceInit)
    for (const name of new Set([...names, 'message', 'error', 'open'])) {
      source.addEventListener(name, (event: Event) => {
        if (event instanceof MessageEvent) events.push([event.type, String(event.data), event.lastEventId])
        else if (name === 'error' && 'error' in event) ending.code = codeOf(event.error)
      })
    }
    return {
      events,
      get end() {
        return source.readyState === EventSource.CLOSED ? 'closed' : 'open'
      },
      get code() {
        return ending.code
      },
      stop: () => source.close(),
    }
  },
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error ? String(error.code) : undefined
}
