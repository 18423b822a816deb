import type { ViewEvent } from '@millrace/test-server'
import type { Client, Start } from '../../../test/faults/client.ts'

/** What every class after the standard's model has. */
export interface ClassLike {
  readonly readyState: number
  addEventListener(type: string, listener: (event: object) => void): void
  close(): void
}

/** The standard's number for CLOSED. */
const CLOSED = 2

/** A client from a class: listens for every name of the view, and for the standard's own. */
export function clientOf(name: string, make: (start: Start) => ClassLike, takesHeaders = true): Client {
  return {
    name,
    cannot(view) {
      if (view.options !== undefined) return 'It has no such option.'
      if (view.request?.method === 'POST') return 'An answer over POST is not what it is for.'
      return !takesHeaders && view.request?.headers !== undefined ? 'It takes no headers.' : null
    },
    start(start) {
      const events: ViewEvent[] = []
      const source = make(start)
      for (const type of new Set([...start.names, 'message', 'error', 'open'])) {
        source.addEventListener(type, (event) => {
          const { data, lastEventId } = event as Partial<MessageEvent>
          if (lastEventId !== undefined) events.push([type, String(data), lastEventId])
        })
      }
      return {
        events,
        get end() {
          return source.readyState === CLOSED ? 'closed' : 'open'
        },
        code: undefined,
        stop: () => source.close(),
      }
    },
  }
}
