import type { EventStream } from '../api/stream/event-stream.ts'
import { EventStreamError } from '../api/errors/event-stream-error.ts'
import { fetchEventStream } from '../api/stream/fetch-event-stream.ts'
import type { ConnectionOptions } from '../api/options.ts'
import { chatGet } from '../api/resume/resume-presets.ts'
import type { Cursor, Resume } from '../api/resume/resume.ts'
import type { StreamEvent } from '../api/decode/stream-event.ts'
import type { HeadersInit } from '../api/request/fetch-types.ts'

/** Options of `chatTransport`. */
export interface ChatTransportOptions extends Omit<
  ConnectionOptions,
  'body' | 'headers' | 'method' | 'signal'
> {
  /** Default `/api/chat`. A running answer is at `<api>/<chat id>/stream`. */
  readonly api?: string | undefined
  /** A value, or a function that is called for each attempt: a fresh token. Default none. */
  readonly headers?: (HeadersInit | (() => HeadersInit | Promise<HeadersInit>)) | undefined
  /** Members to send beside the messages. */
  readonly body?: object | undefined
  /** Passed on to fetch. Default fetch's own. */
  readonly credentials?: NonNullable<RequestInit['credentials']> | undefined
  /** How to go on with a cut answer. Default `chatGet`: the running answer from its start, less what was handed over. */
  readonly resume?: Resume | undefined
}

/** What the AI SDK passes to each request. */
export interface ChatRequest {
  readonly chatId: string
  readonly abortSignal?: AbortSignal | undefined
  readonly headers?: HeadersInit | undefined
  readonly body?: object | undefined
}

/** What it passes with messages. */
export interface ChatSubmission extends ChatRequest {
  readonly trigger: string
  readonly messageId?: string | undefined
  readonly messages: readonly unknown[]
}

/** A `ChatTransport` of the AI SDK, whose chunks are of the type that you say. */
export interface ChatTransport<Chunk> {
  /** `reconnectToStream` gives an answer from its beginning. */
  readonly resumeStreamIsReplay: true
  sendMessages(request: ChatSubmission): Promise<ReadableStream<Chunk>>
  /** Null when no answer is running. */
  reconnectToStream(request: ChatRequest): Promise<ReadableStream<Chunk> | null>
}

/**
 * A transport for the AI SDK's `useChat` that goes on with a cut answer instead of losing it, and never takes a cut
 * one for a whole one. Where a connection is lost for good, `isDisconnect` is true, and the error a TypeError with the
 * members of an EventStreamError.
 *
 * @example
 * useChat({ transport: chatTransport<UIMessageChunk>({ api: '/api/chat' }), resume: true })
 */
export function chatTransport<Chunk>(options: ChatTransportOptions = {}): ChatTransport<Chunk> {
  const { api = '/api/chat', headers, body, resume = chatGet, ...rest } = options
  const open = (json: object, { abortSignal, headers: extra }: ChatRequest, cursor: Cursor | null = null) =>
    fetchEventStream(api, {
      ...rest,
      json,
      parse: (data): unknown => JSON.parse(data),
      until: '[DONE]',
      resume,
      cursor,
      // A function only where there is one: after a 401 it would be called once more.
      headers:
        typeof headers === 'function' ? async () => merged(await headers(), extra) : merged(headers, extra),
      signal: abortSignal,
    })
  return {
    resumeStreamIsReplay: true,
    sendMessages: async (request) => {
      const { chatId: id, messages, trigger, messageId } = request
      const stream = open({ ...body, ...request.body, id, messages, trigger, messageId }, request)
      await stream.response.catch(asDisconnect(stream))
      return chunksOf<Chunk>(stream)
    },
    reconnectToStream: async (request) => {
      const stream = open({ ...body, ...request.body, id: request.chatId }, request, fromItsBeginning)
      try {
        await stream.response
      } catch (error) {
        // A 204, or a `resume` of the app's that gave null.
        if (error instanceof EventStreamError && /^(no-content|truncated)$/.test(error.code)) return null
        throw error
      }
      return chunksOf<Chunk>(stream)
    },
  }
}

function merged(own: HeadersInit | undefined, extra: HeadersInit | undefined): Headers {
  const headers = new Headers(own)
  for (const [name, value] of new Headers(extra)) headers.set(name, value)
  return headers
}

/** Where a running answer is joined. */
const fromItsBeginning: Cursor = { lastEventId: '', events: 0 }

/** The payloads alone. */
function chunksOf<Chunk>(stream: EventStream<StreamEvent<unknown>>): ReadableStream<Chunk> {
  const events = stream[Symbol.asyncIterator]()
  return new ReadableStream<Chunk>({
    pull: async (controller) => {
      const next = await events.next().catch(asDisconnect(stream))
      if (next.done === true) controller.close()
      // The caller says what type the server's chunks are.
      else controller.enqueue(next.value.data as Chunk)
    },
    cancel: () => stream.close(),
  })
}

/**
 * The SDK takes only a TypeError that says "network" for a disconnect, after which it goes on by itself when the page is
 * shown again: a connection that is lost is told as one, with the members of the EventStreamError, which is its cause.
 */
function asDisconnect({ outcome }: EventStream<StreamEvent<unknown>>): (error: unknown) => Promise<never> {
  return async (error) => {
    const { type } = await outcome
    const lost = type === 'network' || type === 'timeout'
    if (!lost || !(error instanceof EventStreamError)) throw error
    throw Object.assign(new TypeError(`network error: ${error.message}`, { cause: error }), { ...error })
  }
}
