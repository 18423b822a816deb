import type { EventSourceMessage } from '@millrace/parser'

/** Counts what a parser gives: every event, and every character of data. */
export interface Sink {
  events: number
  characters: number
}

/** Makes a function that takes one chunk after another of a new stream. */
export type Contestant = (sink: Sink) => (bytes: Uint8Array) => void

const count =
  (sink: Sink) =>
  (event: { data: string }): void => {
    sink.events++
    sink.characters += event.data.length
  }

const ignore = (): void => {}

type CreateParser = (config: { onEvent: (event: EventSourceMessage) => void }) => {
  feed: (text: string) => void
}

/** A parser of text as its users run it: behind a streaming decoder. */
function ofText(createParser: CreateParser): Contestant {
  return (sink) => {
    const decoder = new TextDecoder()
    const parser = createParser({ onEvent: count(sink) })
    return (bytes) => parser.feed(decoder.decode(bytes, { stream: true }))
  }
}

/** Loaded one at a time: a process measures one contestant and compiles nothing of the others. */
export const contestants: Record<string, () => Promise<Contestant>> = {
  async millrace() {
    const { createParser } = await import('@millrace/parser')
    return (sink) => createParser({ onEvent: count(sink) }).feed
  },
  async 'eventsource-parser 4'() {
    return ofText((await import('eventsource-parser')).createParser)
  },
  async 'eventsource-parser 3'() {
    return ofText((await import('eventsource-parser-3')).createParser)
  },
  async undici() {
    const { EventSourceStream } = await import('./undici-stream.ts')
    return (sink) => {
      const stream = new EventSourceStream({
        eventSourceSettings: { lastEventId: '', reconnectionTime: 3000 },
      })
      const tell = count(sink)
      stream.push = (event) => {
        if (event) tell(event.options)
        return true
      }
      return (bytes) =>
        stream._transform(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length), 'buffer', ignore)
    }
  },
  async 'fetch-event-source'() {
    const { getLines, getMessages } = await import('@microsoft/fetch-event-source/lib/cjs/parse.js')
    return (sink) => getLines(getMessages(ignore, ignore, count(sink)))
  },
}
