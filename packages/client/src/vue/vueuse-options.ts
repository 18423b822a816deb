import type { ShallowRef } from 'vue'
import type { EventSource } from '../api/event-source/event-source.ts'
import type { EventSourceInit } from '../api/event-source/types.ts'

/** VueUse leaves payloads unchecked; a stricter default would break those who change one import. */
export type Unchecked = ReturnType<typeof JSON.parse>

/** VueUse's options, and what our EventSource takes beyond the standard's: headers, method, body, retry … */
export interface VueUseEventSourceOptions<Data = Unchecked> extends Omit<EventSourceInit, 'signal'> {
  /** Open anew after an end that EventSource takes for final: a status, a media type. Default false. */
  readonly autoReconnect?: boolean | VueUseReconnect | undefined
  /** Open at once. Default true. */
  readonly immediate?: boolean | undefined
  /** Open anew when the URL changes. Default true. */
  readonly autoConnect?: boolean | undefined
  readonly serializer?: { readonly read: (text?: string) => Data } | undefined
}

/** How `autoReconnect` reconnects. */
export interface VueUseReconnect {
  /** How often without success in between; or whether to go on. Default -1: without end. */
  readonly retries?: (number | (() => boolean)) | undefined
  /** In ms. Default 1000. */
  readonly delay?: number | undefined
  /** Told when there are no retries left. */
  readonly onFailed?: (() => void) | undefined
}

/**
 * VueUse's return value. The refs are set for each event, so a watcher with `flush: 'sync'` sees every payload that
 * differs from the one before; Vue tells watchers of no other.
 */
export interface VueUseEventSource<Events extends readonly string[], Data = Unchecked> {
  readonly data: ShallowRef<Data | null>
  readonly status: ShallowRef<'CONNECTING' | 'OPEN' | 'CLOSED'>
  /** Name of the latest event. */
  readonly event: ShallowRef<Events[number] | null>
  readonly error: ShallowRef<Event | null>
  readonly lastEventId: ShallowRef<string | null>
  readonly eventSource: ShallowRef<EventSource | null>
  readonly open: () => void
  readonly close: () => void
}
