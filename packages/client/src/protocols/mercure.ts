import type { Protocol } from '../api/decode/protocol.ts'
import { jsonIn } from '../api/json-in.ts'
import type { StreamEvent } from '../api/decode/stream-event.ts'

/** An update of a topic; `type` is the update's own, `lastEventId` its URN. */
export type MercureEvent = StreamEvent<unknown>

/**
 * A Mercure hub: a subscription by GET with `?topic=`, open-ended, which goes on after the last event ID. The data of
 * an update is whatever its publisher sent: JSON is parsed, everything else stays text. Give a `schema` for more.
 *
 * @example
 * for await (const { type, data } of fetchEventStream(`${hub}?topic=${topic}`, { protocol: mercure })) show(type, data)
 */
export const mercure: Protocol<MercureEvent, never> = {
  parse: jsonOrText,
}

function jsonOrText(data: string): unknown {
  const value = jsonIn(data)
  return value === undefined ? data : value
}
