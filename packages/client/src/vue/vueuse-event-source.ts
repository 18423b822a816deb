import { onScopeDispose, shallowReactive, toRefs, watch } from 'vue'
import { EventSource } from '../api/event-source/event-source.ts'
import { inPage } from './use-store.ts'
import type {
  Unchecked,
  VueUseEventSource,
  VueUseEventSourceOptions,
  VueUseReconnect,
} from './vueuse-options.ts'

interface Shown<Events extends readonly string[], Data> {
  data: Data | null
  status: 'CONNECTING' | 'OPEN' | 'CLOSED'
  event: Events[number] | null
  error: Event | null
  lastEventId: string | null
  eventSource: EventSource | null
}

/** VueUse's `useEventSource` on our class. Nothing of an earlier connection arrives, and a retry sends Last-Event-ID. */
export function vueUseEventSource<Events extends readonly string[], Data = Unchecked>(
  url: () => string,
  events: Events,
  options: VueUseEventSourceOptions<Data>,
): VueUseEventSource<Events, Data> {
  const { autoReconnect, immediate = true, autoConnect = true, serializer, ...init } = options
  const { retries = -1, delay = 1000, onFailed }: VueUseReconnect = Object(autoReconnect)
  const shown = shallowReactive<Shown<Events, Data>>({
    status: 'CONNECTING',
    error: null,
    lastEventId: null,
    data: null,
    eventSource: null,
    event: null,
  })
  const show = (changed: Partial<Shown<Events, Data>>) => Object.assign(shown, changed)
  let taken = 0
  let timer: ReturnType<typeof setTimeout> | undefined

  const connect = (lastEventId = init.lastEventId ?? '') => {
    const target = inPage && url()
    if (!target) return
    const source = new EventSource(target, { ...init, lastEventId })
    show({ status: 'CONNECTING', eventSource: source })
    source.addEventListener('open', () => {
      show({ status: 'OPEN', error: null })
      taken = 0
    })
    source.addEventListener('error', (error) => {
      const over = source.readyState > 1
      // Open: the server has named an event so.
      show({ status: over ? 'CLOSED' : source.readyState ? 'OPEN' : 'CONNECTING', error })
      // A watcher may have closed it just now.
      if (!over || !autoReconnect || shown.eventSource !== source) return
      const again = typeof retries === 'function' ? retries() : retries < 0 || taken++ < retries
      if (again) timer = setTimeout(connect, delay, source.lastEventId)
      else onFailed?.()
    })
    for (const event of events.length ? events : ['message']) {
      source.addEventListener(event, ({ data, lastEventId }: MessageEvent<string>) =>
        show({ event, lastEventId, data: serializer ? serializer.read(data) : (data as Data) }),
      )
    }
  }
  const close = () => {
    clearTimeout(timer)
    taken = 0
    if (!shown.eventSource) return
    shown.eventSource.close()
    show({ status: 'CLOSED', eventSource: null })
  }
  const open = () => {
    close()
    connect()
  }

  if (immediate) open()
  if (autoConnect) watch(url, open)
  onScopeDispose(close, true)
  return { ...toRefs(shown), open, close }
}
