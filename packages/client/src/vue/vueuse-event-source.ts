import { getCurrentScope, onScopeDispose, shallowRef, toValue, watch, type MaybeRefOrGetter } from 'vue'
import { EventSource } from '../api/event-source.ts'
import type { EventSource as Source } from '../api/event-source-types.ts'
import type { Unchecked, VueUseEventSource, VueUseEventSourceOptions } from './vueuse-options.ts'

const statuses = ['CONNECTING', 'OPEN', 'CLOSED'] as const

/** VueUse's `useEventSource` on our class. Nothing of an earlier connection lands, and a retry sends Last-Event-ID. */
export function vueUseEventSource<Events extends readonly string[], Data = Unchecked>(
  url: MaybeRefOrGetter<string | URL | undefined>,
  events: Events,
  options: VueUseEventSourceOptions<Data>,
): VueUseEventSource<Events, Data> {
  const { autoReconnect = false, immediate = true, autoConnect = true, serializer, ...init } = options
  const data = shallowRef<Data | null>(null)
  const status = shallowRef<(typeof statuses)[number]>('CONNECTING')
  const event = shallowRef<Events[number] | null>(null)
  const error = shallowRef<Event | null>(null)
  const lastEventId = shallowRef<string | null>(null)
  const eventSource = shallowRef<Source | null>(null)
  const { retries = -1, delay = 1000, onFailed } = typeof autoReconnect === 'object' ? autoReconnect : {}
  let taken = 0
  let timer: ReturnType<typeof setTimeout> | undefined

  const connect = (from = init.lastEventId ?? '') => {
    const target = toValue(url)
    if (target === undefined || typeof window === 'undefined') return
    const source = new EventSource(target, { ...init, lastEventId: from })
    eventSource.value = source
    status.value = 'CONNECTING'
    source.addEventListener('open', () => {
      status.value = 'OPEN'
      error.value = null
      taken = 0
    })
    source.addEventListener('error', (failure) => {
      status.value = statuses[source.readyState]
      error.value = failure
      if (source.readyState === 2 && autoReconnect !== false) retry(source.lastEventId)
    })
    for (const name of events.length > 0 ? events : ['message']) {
      source.addEventListener(name, (message: MessageEvent<string>) => {
        event.value = name
        data.value = serializer === undefined ? (message.data as Data) : serializer.read(message.data)
        lastEventId.value = message.lastEventId
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
    if (eventSource.value === null) return
    eventSource.value.close()
    eventSource.value = null
    status.value = 'CLOSED'
  }
  const open = () => {
    close()
    taken = 0
    connect()
  }

  if (immediate) open()
  if (autoConnect) watch(() => toValue(url), open)
  if (getCurrentScope() !== undefined) onScopeDispose(close)
  return { data, status, event, error, lastEventId, eventSource, open, close }
}
