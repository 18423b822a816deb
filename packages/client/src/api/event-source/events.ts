import { eventKind } from '#platform'
import type { Failure } from '../../core/failure.ts'
import type { RawEvent } from '../../core/reading.ts'
import { EventStreamError } from '../errors/event-stream-error.ts'
import { inherit } from './inherit.ts'
import type { EventSourceErrorEvent } from './types.ts'

/** The events of one realm. Made at first use, not at import: test environments put their own globals in place. */
interface Events {
  readonly realm: typeof MessageEvent | undefined
  readonly Message: new (raw: RawEvent, origin: string) => Event
}

let latest: Events | null = null

export function events(): Events {
  if (latest === null || latest.realm !== globalThis.MessageEvent) latest = define(globalThis.MessageEvent)
  return latest
}

/** It tells nothing of the data, which may repeat a secret. */
const named: Failure = { code: 'server-error', message: 'see `data`', first: false, body: '' }

function define(realm: typeof MessageEvent | undefined): Events {
  const Plain = eventKind()
  const noPorts: readonly MessagePort[] = Object.freeze([])

  /**
   * A MessageEvent in everything but its construction, which costs seven times as much as an Event's in Node, and in
   * Chromium twice as much as all other work on a message.
   */
  class Message extends Plain {
    readonly #raw: RawEvent
    readonly #origin: string

    constructor(raw: RawEvent, origin: string) {
      super(raw.type)
      this.#raw = raw
      this.#origin = origin
    }

    get data(): string {
      return this.#raw.data
    }

    get lastEventId(): string {
      return this.#raw.lastEventId
    }

    get origin(): string {
      return this.#origin
    }

    get source(): null {
      return null
    }

    get ports(): readonly MessagePort[] {
      return noPorts
    }

    /**
     * A server may name an event `error`: whoever listens for ours gets it, too, and looks at this member. In Node what a
     * listener throws ends the process. `willRetry`: the connection goes on.
     */
    get error(): EventStreamError | undefined {
      return this.type === 'error' ? new EventStreamError(named, { willRetry: true }) : undefined
    }
  }

  // React Native has events, and none of this kind.
  if (realm?.prototype instanceof Plain) inherit(Message.prototype, realm.prototype)
  return { realm, Message }
}

/** A plain event, as the standard has it, that also says why. */
export function errorEvent(error: EventStreamError): EventSourceErrorEvent {
  const { message, status } = error
  const code = status ?? undefined
  return Object.assign(new (eventKind())('error'), { code, error, message, status: code })
}
