import type { PieceSink, Protocol } from '../api/decode/protocol.ts'
import type { ServerErrorFacts } from '../core/failure.ts'
import { serverErrorIn } from '../api/stream/server-error.ts'
import type { StreamEvent } from '../api/stream/stream-event.ts'

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

export interface ChatUsage {
  readonly prompt_tokens: number
  readonly completion_tokens: number
  readonly total_tokens: number
  readonly prompt_tokens_details?: { readonly cached_tokens?: number } | null
  readonly completion_tokens_details?: { readonly reasoning_tokens?: number } | null
  /** OpenRouter's, in credits. */
  readonly cost?: number
}

export type ChatEvent = StreamEvent<ChatChunk>

/** OpenAI's chat completions: `POST /v1/chat/completions` with `stream: true`. Of several choices the first is gathered. */
export const openaiChat: Protocol<ChatEvent, ChatUsage> = {
  until: '[DONE]',
  errorOf: chatError,
  pieces: chatPieces,
}

export function chatError({ type, data }: ChatEvent): ServerErrorFacts | null {
  return serverErrorIn(data) ?? (type === 'error' ? serverErrorIn({ error: data }) : null)
}

export function chatPieces({ data }: ChatEvent, answer: PieceSink<ChatUsage>): void {
  if (data.usage) answer.usage(data.usage)
  for (const { index, delta, finish_reason: reason } of data.choices ?? []) {
    if (index) continue
    const {
      content,
      refusal,
      reasoning,
      reasoning_content: thought = reasoning,
      tool_calls: calls,
    } = delta ?? {}
    if (content) answer.text(content)
    if (thought) answer.reasoning(thought)
    if (refusal) answer.refusal(refusal)
    for (const call of calls ?? []) {
      answer.toolCall(call.index ?? 0, { id: call.id, ...call.function })
    }
    if (reason) answer.finish(reason)
  }
}
