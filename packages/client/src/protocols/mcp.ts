import { memberOf } from '../core/member-of.ts'
import type { Protocol } from '../api/decode/protocol.ts'
import { lastEventIdGet } from '../api/resume/resume-presets.ts'
import type { ResumePreset } from '../api/resume/resume.ts'
import { serverErrorIn } from '../api/decode/server-error.ts'
import type { StreamEvent } from '../api/decode/stream-event.ts'

export interface JsonRpcRequest {
  readonly jsonrpc: '2.0'
  readonly id: string | number
  readonly method: string
  readonly params?: unknown
}

export interface JsonRpcNotification {
  readonly jsonrpc: '2.0'
  readonly method: string
  readonly params?: unknown
}

export interface JsonRpcResult {
  readonly jsonrpc: '2.0'
  readonly id: string | number
  readonly result: { readonly [member: string]: unknown }
}

/** What a server may send, beside errors, which end the stream. Version 2025-03-26 also has lists of these. */
export type McpMessage = JsonRpcRequest | JsonRpcNotification | JsonRpcResult
/** An event of MCP: its data is a message. */
export type McpEvent = StreamEvent<McpMessage>

/**
 * MCP over Streamable HTTP. The answer is complete with the response to the request in `json`. The reply may be JSON
 * instead of a stream, or an empty 202 to a notification. Up to version 2025-11-25 a cut stream goes on by GET with
 * Last-Event-ID; from 2026-07-28 on it cannot be resumed.
 *
 * @example
 * const json = { jsonrpc: '2.0', id: 1, method: 'tools/call', params }
 * const { text } = await collect(fetchEventStream(url, { protocol: mcp, json }))
 */
export const mcp: Protocol<McpEvent, never> = {
  accepts: 'application/json, text/event-stream',
  accept: ({ status, mediaType }, { request }) => {
    // A 202 says that a notification has arrived. To a request it is no response, nor is it one to what resumes it.
    if (status === 202) return listOf(request).some(isRequest) ? null : 'end'
    return status === 200 && mediaType === 'application/json' ? 'event' : null
  },
  // The event with an ID and empty data that only makes a resume possible.
  keepsAlive: ({ data }) => data === '',
  errorOf: ({ data }) => listOf(data).map(serverErrorIn).find(Boolean) ?? null,
  until: {
    when: ({ data }, { request }) => answers(listOf(data), listOf(request)),
    what: 'the response to the request',
  },
  resume: mcpResume(),
  pieces: ({ data }) => ({ text: listOf(data).flatMap(contentTexts).join('') }),
}

/** A batch, or one alone. */
function listOf<T>(value: T): readonly T[] {
  return Array.isArray(value) ? value : [value]
}

/**
 * True when each request has its response. On a stream that was opened by GET any response counts: it belongs to the
 * stream that was resumed. A message without an ID in a batch is a notification, which has none. Some servers answer the
 * number 1 with the text "1", which the clients of MCP's own SDKs take, too.
 */
function answers(messages: readonly McpMessage[], requests: readonly unknown[]): boolean {
  const answered = messages.flatMap((message) => ('result' in message ? [String(message.id)] : []))
  const asked = requests.map((request) => memberOf(request, 'id')).filter((id) => id !== undefined)
  return answered.length > 0 && asked.every((id) => answered.includes(String(id)))
}

function isRequest(message: unknown): boolean {
  return memberOf(message, 'method') !== undefined && memberOf(message, 'id') !== undefined
}

function mcpResume(): ResumePreset {
  return {
    ...lastEventIdGet,
    request: (context) => {
      const version = context.request.headers.get('mcp-protocol-version') ?? ''
      return version >= '2026' ? null : lastEventIdGet.request(context)
    },
  }
}

/** The texts of a tool's result. */
function contentTexts(message: McpMessage): readonly string[] {
  if (!('result' in message) || !Array.isArray(message.result['content'])) return []
  return message.result['content'].map(({ text }) => text).filter((text) => typeof text === 'string')
}
