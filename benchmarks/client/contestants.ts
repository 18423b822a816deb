import { bareFetch, ofClass, type Read } from './of-class.ts'

/** The long event passes the limit that there is by default. */
const unlimited = { limits: { event: 2 ** 28 } }

/** Loaded one at a time: a process measures one contestant and compiles nothing of the others. */
export const contestants: Readonly<Record<string, () => Promise<Read>>> = {
  async EventSource() {
    const { EventSource } = await import('@millrace/client')
    return ofClass((url) => new EventSource(url))
  },
  async 'EventSource, its limit raised'() {
    const { EventSource } = await import('@millrace/client')
    return ofClass((url) => new EventSource(url, unlimited))
  },
  async 'eventsource 5'() {
    const { EventSource } = await import('eventsource')
    return ofClass((url) => new EventSource(url))
  },
  async 'undici EventSource'() {
    const { EventSource } = await import('undici')
    return ofClass((url) => new EventSource(url))
  },
  async 'bare fetch'() {
    return bareFetch
  },
}
