import type { Sink } from './sink.ts'

/** Reads a whole response, as an app does. */
export type Pipeline = (response: Response, sink: Sink) => Promise<void>

function take(sink: Sink, data: string): void {
  sink.events++
  sink.characters += data.length
}

function body(response: Response): ReadableStream<Uint8Array<ArrayBuffer>> {
  if (response.body === null) throw new TypeError('The response has no body')
  return response.body
}

export const pipelines: Record<string, () => Promise<Pipeline>> = {
  async 'eventsource-parser 4 stream'() {
    const { EventSourceParserStream } = await import('eventsource-parser/stream')
    return async (response, sink) => {
      const events = body(response)
        .pipeThrough(new TextDecoderStream())
        .pipeThrough(new EventSourceParserStream())
      for await (const event of events) take(sink, event.data)
    }
  },
  async 'millrace stream'() {
    const { EventSourceParserStream } = await import('@millrace/parser/stream')
    return async (response, sink) => {
      const events = body(response).pipeThrough(new EventSourceParserStream())
      for await (const event of events) take(sink, event.data)
    }
  },
  async 'millrace parseEventStream'() {
    const { parseEventStream } = await import('@millrace/parser')
    return async (response, sink) => {
      for await (const event of parseEventStream(response)) take(sink, event.data)
    }
  },
  async 'millrace batches'() {
    const { parseEventStream } = await import('@millrace/parser')
    return async (response, sink) => {
      for await (const events of parseEventStream(response).batches()) {
        for (const event of events) take(sink, event.data)
      }
    }
  },
  async 'parse-sse'() {
    const { parseServerSentEvents } = await import('parse-sse')
    return async (response, sink) => {
      for await (const event of parseServerSentEvents(response)) take(sink, event.data)
    }
  },
  async 'fetch-event-stream'() {
    const { events } = await import('fetch-event-stream')
    return async (response, sink) => {
      for await (const event of events(response)) take(sink, event.data ?? '')
    }
  },
  async 'reader loop, no parser'() {
    return async (response, sink) => {
      const reader = body(response).getReader()
      for (;;) {
        const { done, value } = await reader.read()
        if (done) return
        sink.characters += value.length
      }
    }
  },
}
