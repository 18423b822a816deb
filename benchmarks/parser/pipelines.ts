import type { OnEvent } from './contestants.ts'

/** Reads a whole response, as an app does. */
export type Pipeline = (response: Response, onEvent: OnEvent) => Promise<void>

function body(response: Response): ReadableStream<Uint8Array<ArrayBuffer>> {
  if (response.body === null) throw new TypeError('The response has no body')
  return response.body
}

export const pipelines: Record<string, () => Promise<Pipeline>> = {
  async 'eventsource-parser 4 stream'() {
    const { EventSourceParserStream } = await import('eventsource-parser/stream')
    return async (response, onEvent) => {
      const events = body(response)
        .pipeThrough(new TextDecoderStream())
        .pipeThrough(new EventSourceParserStream())
      for await (const event of events) onEvent(event)
    }
  },
  async 'millrace stream'() {
    const { EventSourceParserStream } = await import('@millrace/parser/stream')
    return async (response, onEvent) => {
      const events = body(response).pipeThrough(new EventSourceParserStream())
      for await (const event of events) onEvent(event)
    }
  },
  async 'millrace parseEventStream'() {
    const { parseEventStream } = await import('@millrace/parser')
    return async (response, onEvent) => {
      for await (const event of parseEventStream(response)) onEvent(event)
    }
  },
  async 'millrace batches'() {
    const { parseEventStream } = await import('@millrace/parser')
    return async (response, onEvent) => {
      for await (const events of parseEventStream(response).batches()) {
        for (const event of events) onEvent(event)
      }
    }
  },
  async 'parse-sse'() {
    const { parseServerSentEvents } = await import('parse-sse')
    return async (response, onEvent) => {
      for await (const event of parseServerSentEvents(response)) onEvent(event)
    }
  },
  async 'fetch-event-stream'() {
    const { events } = await import('fetch-event-stream')
    return async (response, onEvent) => {
      for await (const event of events(response)) onEvent({ data: event.data ?? '' })
    }
  },
}
