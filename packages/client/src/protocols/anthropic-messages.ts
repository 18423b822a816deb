import type { AnswerPieces, AnswerProtocol } from '../api/decode/protocol.ts'
import { memberOf } from '../core/member-of.ts'
import { serverErrorIn } from '../api/decode/server-error.ts'
import type { StreamEvent } from '../api/decode/stream-event.ts'
import { named } from './named.ts'

/** Tokens used, in Anthropic's words. */
export interface AnthropicUsage {
  readonly input_tokens: number
  readonly output_tokens: number
  readonly cache_creation_input_tokens?: number | null
  readonly cache_read_input_tokens?: number | null
}

export interface AnthropicMessage {
  readonly id: string
  readonly model: string
  /** Blocks that are there from the start: of an answer that goes on, after code of its own has run. */
  readonly content?: readonly AnthropicBlock[]
  readonly stop_reason?: string | null
  readonly usage?: AnthropicUsage
}

export type AnthropicBlock =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'thinking'; readonly thinking: string }
  | {
      readonly type: 'tool_use' | 'server_tool_use' | 'mcp_tool_use'
      readonly id: string
      readonly name: string
      readonly input: unknown
    }
  | {
      readonly type:
        | 'redacted_thinking'
        | 'web_search_tool_result'
        | 'web_fetch_tool_result'
        | 'code_execution_tool_result'
        | 'bash_code_execution_tool_result'
        | 'text_editor_code_execution_tool_result'
        | 'tool_search_tool_result'
        | 'container_upload'
        | 'advisor_tool_result'
        | 'mcp_tool_result'
        | 'mcp_tool_listing'
        | 'compaction'
        | 'fallback'
    }

export type AnthropicDelta =
  | { readonly type: 'text_delta'; readonly text: string }
  | { readonly type: 'thinking_delta'; readonly thinking: string }
  | { readonly type: 'signature_delta'; readonly signature: string }
  | { readonly type: 'input_json_delta'; readonly partial_json: string }
  | { readonly type: 'citations_delta'; readonly citation: unknown }
  | { readonly type: 'compaction_delta'; readonly content: string | null }

export interface AnthropicMessageDelta {
  readonly delta: { readonly stop_reason: string | null; readonly stop_sequence?: string | null }
  /** The tokens so far. */
  readonly usage?: { readonly [Member in keyof AnthropicUsage]?: AnthropicUsage[Member] | null } | null
}

/** The events whose data is typed here. Others come too. */
export type AnthropicEvent =
  | StreamEvent<{ readonly message: AnthropicMessage }, 'message_start'>
  | StreamEvent<{ readonly index: number; readonly content_block: AnthropicBlock }, 'content_block_start'>
  | StreamEvent<{ readonly index: number; readonly delta: AnthropicDelta }, 'content_block_delta'>
  | StreamEvent<{ readonly index: number }, 'content_block_stop'>
  | StreamEvent<AnthropicMessageDelta, 'message_delta'>
  | StreamEvent<{ readonly type: 'message_stop' }, 'message_stop'>
  | StreamEvent<{ readonly error: { readonly type?: string; readonly message?: string } }, 'error'>

/**
 * Anthropic's messages: `POST /v1/messages` with `stream: true`.
 *
 * @example
 * const { outcome, text } = await collect(fetchEventStream(url, { protocol: anthropicMessages, headers, json }))
 */
export const anthropicMessages: AnswerProtocol<AnthropicEvent, AnthropicUsage> = {
  until: { when: (event) => named(event).type === 'message_stop', what: 'message_stop' },
  keepsAlive: ({ type }) => type === 'ping',
  errorOf: (event) => {
    const { type, data } = named(event)
    // By its line, too: there are gateways that send the error alone, whose `type` is its own.
    const isError = event.type === 'error' || type === 'error'
    const error = serverErrorIn(isError ? { error: memberOf(data, 'error') ?? data ?? {} } : data)
    const status = statuses.get(error?.type ?? '')
    return error === null || status === undefined ? error : { status, ...error }
  },
  pieces: (event) => messagePieces(named(event)),
}

/**
 * The status that an error would have had, if a 200 had not been sent before it. A Map, since the server chooses the type:
 * `constructor` has no status.
 */
const statuses: ReadonlyMap<string, number> = new Map([
  ['invalid_request_error', 400],
  ['authentication_error', 401],
  ['permission_error', 403],
  ['not_found_error', 404],
  ['request_too_large', 413],
  ['rate_limit_error', 429],
  ['api_error', 500],
  ['timeout_error', 504],
  ['overloaded_error', 529],
])

function messagePieces({ type, data }: AnthropicEvent): AnswerPieces<AnthropicUsage> {
  switch (type) {
    case 'message_start':
      return startPieces(data.message)
    case 'content_block_start':
      return blockPieces(data.content_block, data.index)
    case 'content_block_delta':
      return deltaPieces(data.delta, data.index)
    case 'message_delta':
      return { usage: told(data.usage), finishReason: data.delta.stop_reason }
    default:
      return {}
  }
}

/** A message may begin with blocks, even with all of them: a call that code on Anthropic's side made comes so. */
function startPieces({ content, usage, stop_reason: finishReason }: AnthropicMessage) {
  const blocks = [content ?? []].flat().map(blockPieces)
  return {
    text: blocks.map(({ text }) => text).join(''),
    reasoning: blocks.map(({ reasoning }) => reasoning).join(''),
    toolCalls: blocks.flatMap(({ toolCalls }) => toolCalls ?? []),
    usage,
    finishReason,
  }
}

/** Without members that are null: those were told before. */
function told(usage: AnthropicMessageDelta['usage']): Partial<AnthropicUsage> {
  return Object.fromEntries(Object.entries(usage ?? {}).filter((entry) => entry[1] !== null))
}

/** A block begins empty, but services that speak as Anthropic does may send all of it at once. */
function blockPieces(block: AnthropicBlock, key: number): AnswerPieces<AnthropicUsage> {
  switch (block.type) {
    case 'text':
      return { text: block.text, key }
    case 'thinking':
      return { reasoning: block.thinking, key }
    case 'tool_use': {
      const { id, name, input } = block
      const whole = Object.keys(input ?? {}).length > 0 ? JSON.stringify(input) : undefined
      return { toolCalls: [{ key, id, name, whole }] }
    }
    // A `server_tool_use` or `mcp_tool_use` was carried out already: without a name it is no call of the app's.
    default:
      return {}
  }
}

function deltaPieces(delta: AnthropicDelta, index: number): AnswerPieces<AnthropicUsage> {
  switch (delta.type) {
    case 'text_delta':
      return { text: delta.text, key: index }
    case 'thinking_delta':
      return { reasoning: delta.thinking, key: index }
    case 'input_json_delta':
      return { toolCalls: [{ key: index, arguments: delta.partial_json }] }
    default:
      return {}
  }
}
