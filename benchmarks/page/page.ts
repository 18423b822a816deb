/** Runs in the page: what the benchmark asks of it. */
import { EventSource as Own, fetchEventStream } from '@millrace/client'
import { EventSource as EventSource5 } from 'eventsource'
import { bareFetch, iterating, ofClass, type Read } from '../client/read.ts'
import { watchBlocks } from './blocks.ts'

export interface Poured {
  /** ns per event. */
  readonly each: number
  /** The longest time for which the page could do nothing else, in ms. */
  readonly block: number
}

/** What the benchmark calls. */
export interface Asked {
  pour(contestant: string, events: number): Promise<Poured>
  /** Opens a connection to each URL, waits for the event that each brings, and keeps them. */
  hold(contestant: string, urls: readonly string[]): Promise<void>
}

declare global {
  var asked: Asked
}

const contestants: Readonly<Record<string, Read>> = {
  EventSource: ofClass((url) => new Own(url)),
  'native EventSource': ofClass((url) => new EventSource(url)),
  'eventsource 5': ofClass((url) => new EventSource5(url)),
  fetchEventStream: iterating((url) => fetchEventStream(url)),
  'bare fetch': bareFetch,
}

globalThis.asked = {
  async pour(contestant, events) {
    const read = readerOf(contestant)
    // A tenth of it first, so that what is measured is compiled.
    await read(`/flood?events=${events / 10}`, events / 10)
    const blocks = watchBlocks()
    const began = performance.now()
    await read(`/flood?events=${events}`, events)
    const each = ((performance.now() - began) * 1e6) / events
    return { each, block: await blocks.longest() }
  },

  async hold(contestant, urls) {
    const read = readerOf(contestant)
    // Asked for two events, of which one comes, they wait for ever.
    await Promise.all(urls.map((url) => new Promise<void>((resolve) => void read(url, 2, resolve))))
  },
}

function readerOf(contestant: string): Read {
  const read = contestants[contestant]
  if (read === undefined) throw new RangeError(`There is no contestant ${contestant}`)
  return read
}
