import type { AnswerProtocol } from '../api/decode/protocol.ts'
import { serverErrorIn } from '../api/decode/server-error.ts'
import type { StreamEvent } from '../api/decode/stream-event.ts'

/** A chunk of OpenAI's chat completions, as many other services send it too. */
export interface ChatChunk {
  readonly id?: string
  readonly created?: number
  readonly model?: string
  readonly choices?: readonly ChatChoice[]
  /** In the last chunk, with `stream_options: { include_usage: true }`. */
  readonly usage?: ChatUsage | null
  /** Instead of the rest of the answer. */
  readonly error?: unknown
}

export interface ChatChoice {
  readonly index?: number
  readonly delta?: ChatDelta
  readonly finish_reason?: string | null
}

export interface ChatDelta {
  readonly role?: string
  readonly content?: string | null
  readonly refusal?: string | null
  /** Not OpenAI's own: DeepSeek and others. */
  readonly reasoning_content?: string | null
  /** Not OpenAI's own: OpenRouter, Groq. */
  readonly reasoning?: string | null
  readonly tool_calls?: readonly ChatToolCall[]
}

export interface ChatToolCall {
  readonly index?: number
  readonly id?: string
  readonly type?: string
  readonly function?: { readonly name?: string; readonly arguments?: string }
}

/** Tokens used, in OpenAI's words. */
export interface ChatUsage {
  readonly prompt_tokens: number
  readonly completion_tokens: number
  readonly total_tokens: number
  readonly prompt_tokens_details?: { readonly cached_tokens?: number } | null
  readonly completion_tokens_details?: { readonly reasoning_tokens?: number } | null
  /** OpenRouter's, in credits. */
  readonly cost?: number
}

/** An event of a chat completion: its data is a chunk. */
export type ChatEvent = StreamEvent<ChatChunk>

/**
 * OpenAI's chat completions: `POST /v1/chat/completions` with `stream: true`. Of several choices only the first is
 * collected.
 *
 * @example
 * const { outcome, text } = await collect(fetchEventStream(url, { protocol: openaiChat, headers, json }))
 */
export const openaiChat: AnswerProtocol<ChatEvent, ChatUsage> = {
  until: '[DONE]',
  errorOf: ({ type, data }) => serverErrorIn(type === 'error' ? { error: data, ...data } : data),
  pieces: ({ data }) => {
    // An event without data, which some services send to keep the connection open.
    const { choices, usage } = data ?? {}
    const { delta, finish_reason: finishReason } = choices?.find(({ index }) => !index) ?? {}
    return {
      text: delta?.content,
      reasoning: delta?.reasoning_content || delta?.reasoning,
      refusal: delta?.refusal,
      // Services that leave out the index send a call as a whole.
      toolCalls: delta?.tool_calls?.map((call) => Object.assign({ key: call.index }, call, call.function)),
      usage,
      finishReason,
    }
  },
}
