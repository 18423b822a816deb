import type { AnswerProtocol, ToolCallPiece } from '../api/decode/protocol.ts'
import { serverErrorIn } from '../api/decode/server-error.ts'
import type { StreamEvent } from '../api/decode/stream-event.ts'
import type { ChatChoice, ChatChunk, ChatDelta, ChatToolCall, ChatUsage } from './openai-chat.ts'

/** A chunk of a service that speaks almost as OpenAI does. */
export interface CompatibleChunk extends Omit<ChatChunk, 'choices'> {
  readonly choices?: readonly CompatibleChoice[] | null
  /** `error` where the rest is one: vLLM's of old. */
  readonly object?: string
  /** Cloudflare's. */
  readonly errors?: unknown
  /** Groq's. */
  readonly x_groq?: { readonly usage?: ChatUsage | null; readonly error?: string | null } | null
}

export interface CompatibleChoice extends Omit<ChatChoice, 'delta'> {
  readonly delta?: CompatibleDelta | null
  /** Moonshot's. */
  readonly usage?: ChatUsage | null
}

export interface CompatibleDelta extends Omit<ChatDelta, 'content' | 'tool_calls'> {
  /** Mistral sends parts where a model thinks or refers to a source. */
  readonly content?: string | readonly CompatiblePart[] | null
  readonly tool_calls?: readonly CompatibleToolCall[] | null
  /** What came before `tool_calls`. */
  readonly function_call?: ChatToolCall['function'] | null
}

export interface CompatiblePart {
  readonly type?: string
  readonly text?: string
  readonly thinking?: string | readonly CompatiblePart[]
}

export interface CompatibleToolCall extends ChatToolCall {
  /** A custom tool of OpenAI's: its input is text. */
  readonly custom?: { readonly name?: string; readonly input?: string }
}

/** An event of such a service: its data is a chunk. That of `[DONE]` is empty. */
export type CompatibleEvent = StreamEvent<CompatibleChunk>

/**
 * Chat completions of services that speak almost as OpenAI does: Mistral, Groq, Perplexity, Moonshot and others. The
 * answer is complete where the first choice has a finish reason and the body ends as it should: some send no `[DONE]`
 * (perplexityai/api-discussion#209).
 *
 * @example
 * const { outcome, text } = await collect(fetchEventStream(url, { protocol: openaiCompatible, headers, json }))
 */
export const openaiCompatible: AnswerProtocol<CompatibleEvent, ChatUsage> = {
  parse: (text) => (/^\s*(\[DONE\]\s*)?$/.test(text) ? {} : (JSON.parse(text) ?? {})),
  until: { when: ({ data }) => Boolean(firstOf(data)?.finish_reason), what: 'a finish reason', end: true },
  errorOf: ({ type, data }) => serverErrorIn({ error: errorIn(data) ?? (type === 'error' ? data : null) }),
  pieces: ({ data }) => {
    const { delta, usage, finish_reason: finishReason } = firstOf(data) ?? {}
    const parts = [delta?.content ?? []].flat()
    return {
      text: parts.map(textOf).join(''),
      reasoning: [delta?.reasoning_content || delta?.reasoning, ...parts.map(thoughtOf)].join(''),
      refusal: delta?.refusal,
      toolCalls: [
        ...(delta?.tool_calls ?? []).map(callPiece),
        ...(delta?.function_call ? [{ key: 'function_call', ...delta.function_call }] : []),
      ],
      usage: data.usage ?? usage ?? data.x_groq?.usage,
      finishReason,
    }
  },
}

function firstOf({ choices }: CompatibleChunk): CompatibleChoice | undefined {
  return choices?.find(({ index }) => !index)
}

/** What one or the other of them calls an error. */
function errorIn({ choices, errors, object, x_groq: groq, ...chunk }: CompatibleChunk): unknown {
  const failed = choices?.some((choice) => choice.finish_reason === 'error') === true
  const told = chunk.error ?? groq?.error ?? (object === 'error' ? chunk : [errors].flat()[0])
  return told ?? (failed ? 'The provider of the model failed' : null)
}

function textOf(part: string | CompatiblePart): string | undefined {
  return typeof part === 'string' ? part : part.text
}

function thoughtOf(part: string | CompatiblePart): string {
  return typeof part === 'string' ? '' : [part.thinking ?? []].flat().map(textOf).join('')
}

function callPiece({ index, id, custom, function: called }: CompatibleToolCall): ToolCallPiece {
  // Where the index is left out, what has no name goes on with the call before it, and another ID begins another call.
  const said = called ?? { name: custom?.name }
  const key = index ?? (id || !said.name ? 'unnumbered' : undefined)
  return { key, id, arguments: custom?.input, ...said }
}
