import {
  getCurrentScope,
  onScopeDispose,
  shallowReactive,
  toRefs,
  toValue,
  watch,
  type MaybeRefOrGetter,
} from 'vue'
import { EventSource } from '../api/event-source/event-source.ts'
import type { EventSource as Source } from '../api/event-source/types.ts'
import type { Unchecked, VueUseEventSource, VueUseEventSourceOptions } from './vueuse-options.ts'

const statuses = ['CONNECTING', 'OPEN', 'CLOSED'] as const

interface Shown<Events extends readonly string[], Data> {
  data: Data | null
  status: (typeof statuses)[number]
  event: Events[number] | null
  error: Event | null
  lastEventId: string | null
  eventSource: Source | null
}

/** VueUse's `useEventSource` on our class. Nothing of an earlier connection lands, and a retry sends Last-Event-ID. */
export function vueUseEventSource<Events extends readonly string[], Data = Unchecked>(
  url: MaybeRefOrGetter<string | URL | undefined>,
  events: Events,
  options: VueUseEventSourceOptions<Data>,
): VueUseEventSource<Events, Data> {
  const { autoReconnect = false, immediate = true, autoConnect = true, serializer, ...init } = options
  const shown = shallowReactive<Shown<Events, Data>>({
    data: null,
    status: 'CONNECTING',
    event: null,
    error: null,
    lastEventId: null,
    eventSource: null,
  })
  const { retries = -1, delay = 1000, onFailed } = typeof autoReconnect === 'object' ? autoReconnect : {}
  let taken = 0
  let timer: ReturnType<typeof setTimeout> | undefined

  const connect = (from = init.lastEventId ?? '') => {
    const target = toValue(url)
    if (target === undefined || typeof window === 'undefined') return
    const source = new EventSource(target, { ...init, lastEventId: from })
    shown.eventSource = source
    shown.status = 'CONNECTING'
    source.addEventListener('open', () => {
      shown.status = 'OPEN'
      shown.error = null
      taken = 0
    })
    source.addEventListener('error', (failure) => {
      shown.status = statuses[source.readyState]
      shown.error = failure
      if (source.readyState === 2 && autoReconnect !== false) retry(source.lastEventId)
    })
    for (const name of events.length > 0 ? events : ['message']) {
      source.addEventListener(name, (message: MessageEvent<string>) => {
        shown.event = name
        shown.data = serializer === undefined ? (message.data as Data) : serializer.read(message.data)
        shown.lastEventId = message.lastEventId
      })
    }
  }
  const retry = (from: string) => {
    const allowed = typeof retries === 'function' ? retries() : retries < 0 || taken++ < retries
    if (allowed) timer = setTimeout(connect, delay, from)
    else onFailed?.()
  }
  const close = () => {
    clearTimeout(timer)
    if (shown.eventSource === null) return
    shown.eventSource.close()
    shown.eventSource = null
    shown.status = 'CLOSED'
  }
  const open = () => {
    close()
    taken = 0
    connect()
  }

  if (immediate) open()
  if (autoConnect) watch(() => toValue(url), open)
  if (getCurrentScope() !== undefined) onScopeDispose(close)
  return { ...toRefs(shown), open, close }
}
