import type { EventSourceMessage } from '@millrace/parser'

/** What a parser gives. */
export type OnEvent = (event: { data: string }) => void

/** Makes a function that takes one chunk after another of a new stream. */
export type Contestant = (onEvent: OnEvent) => (bytes: Uint8Array) => void

const ignore = (): void => {}

type CreateParser = (config: { onEvent: (event: EventSourceMessage) => void }) => {
  feed: (text: string) => void
}

/** A parser of text as its users run it: behind a streaming decoder. */
function ofText(createParser: CreateParser): Contestant {
  return (onEvent) => {
    const decoder = new TextDecoder()
    const parser = createParser({ onEvent })
    return (bytes) => parser.feed(decoder.decode(bytes, { stream: true }))
  }
}

/** Loaded one at a time: a process measures one contestant and compiles nothing of the others. */
export const contestants: Record<string, () => Promise<Contestant>> = {
  async millrace() {
    const { createParser } = await import('@millrace/parser')
    return (onEvent) => createParser({ onEvent }).feed
  },
  async 'millrace, detach'() {
    const { createParser } = await import('@millrace/parser')
    return (onEvent) => createParser({ onEvent, detach: true }).feed
  },
  async 'eventsource-parser 4'() {
    return ofText((await import('eventsource-parser')).createParser)
  },
  async 'eventsource-parser 3'() {
    return ofText((await import('eventsource-parser-3')).createParser)
  },
  async undici() {
    const { EventSourceStream } = await import('./undici-stream.ts')
    return (onEvent) => {
      const stream = new EventSourceStream({
        eventSourceSettings: { lastEventId: '', reconnectionTime: 3000 },
      })
      stream.push = (event) => {
        if (event) onEvent(event.options)
        return true
      }
      return (bytes) =>
        stream._transform(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length), 'buffer', ignore)
    }
  },
  async 'fetch-event-source'() {
    const { getLines, getMessages } = await import('@microsoft/fetch-event-source/lib/cjs/parse.js')
    return (onEvent) => getLines(getMessages(ignore, ignore, onEvent))
  },
}
