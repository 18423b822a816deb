/** Runs in a dedicated or a shared worker: tells what an EventSource is there, and what it reads. */
import { EventSource } from '@millrace/client'

interface Port {
  postMessage(message: unknown): void
}

/** `ask`: the URL of a stream, or a relative one that is only constructed. Behind `offline `: the network seems to be gone. */
function answer(asked: string, port: Port): void {
  const ask = asked.replace(/^offline /, '')
  if (ask !== asked) Object.defineProperty(navigator, 'onLine', { value: false })
  const source = new EventSource(ask)
  if (!/^https?:/.test(ask)) {
    source.close()
    return port.postMessage({ url: source.url, base: location.href })
  }
  source.addEventListener('message', (event) => {
    source.close()
    port.postMessage({ data: event.data, isMessageEvent: event instanceof MessageEvent })
  })
}

addEventListener('message', ({ data }) => {
  const port = globalThis as unknown as Port
  if (data !== 'after close') return answer(data, port)
  // A worker that is going away can still construct one.
  globalThis.close()
  port.postMessage(new EventSource('/never').readyState)
})

addEventListener('connect', (event) => {
  const [port] = 'ports' in event && Array.isArray(event.ports) ? event.ports : []
  if (!(port instanceof MessagePort)) return
  port.addEventListener('message', ({ data }) => answer(data, port))
  port.start()
})
