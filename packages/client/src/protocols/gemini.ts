import type { AnswerPieces, Protocol } from '../api/decode/protocol.ts'
import { serverErrorIn } from '../api/stream/server-error.ts'
import type { StreamEvent } from '../api/decode/stream-event.ts'

export interface GeminiChunk {
  readonly candidates?: readonly GeminiCandidate[]
  readonly usageMetadata?: GeminiUsage
  /** Why the prompt itself was refused: then no candidate comes. */
  readonly promptFeedback?: { readonly blockReason?: string }
  readonly modelVersion?: string
  readonly responseId?: string
}

export interface GeminiCandidate {
  readonly index?: number
  readonly content?: { readonly role?: string; readonly parts?: readonly GeminiPart[] }
  readonly finishReason?: string
}

export interface GeminiPart {
  readonly text?: string
  /** The text is reasoning. */
  readonly thought?: boolean
  readonly functionCall?: { readonly id?: string; readonly name?: string; readonly args?: unknown }
}

/** Tokens used, in Gemini's words. */
export interface GeminiUsage {
  readonly promptTokenCount?: number
  readonly candidatesTokenCount?: number
  readonly totalTokenCount?: number
  readonly thoughtsTokenCount?: number
  readonly cachedContentTokenCount?: number
}

/** An event of Gemini: its data is a chunk. */
export type GeminiEvent = StreamEvent<GeminiChunk>

/**
 * Gemini's `:streamGenerateContent?alt=sse`. The last chunk is recognized by its finish reason; nothing follows it but the
 * end of the body. Of several candidates only the first is collected.
 *
 * @example
 * const { outcome, text } = await collect(fetchEventStream(url, { protocol: gemini, headers, json }))
 */
export const gemini: Protocol<GeminiEvent, GeminiUsage> = {
  until: { when: ({ data }) => finishReason(data) !== undefined, end: true },
  errorOf: ({ data }) => serverErrorIn(data),
  pieces: ({ data }) => chunkPieces(data),
}

function finishReason({ candidates, promptFeedback }: GeminiChunk): string | undefined {
  return candidates?.find(isFirst)?.finishReason || promptFeedback?.blockReason
}

function isFirst({ index }: GeminiCandidate): boolean {
  return !index
}

function chunkPieces(chunk: GeminiChunk): AnswerPieces<GeminiUsage> {
  const parts = chunk.candidates?.find(isFirst)?.content?.parts ?? []
  return {
    text: textOf(parts.filter(({ thought }) => !thought)),
    reasoning: textOf(parts.filter(({ thought }) => thought)),
    // A call always comes whole.
    toolCalls: parts.flatMap(({ functionCall: call }) =>
      call ? [{ key: call.id, id: call.id, name: call.name, whole: JSON.stringify(call.args) }] : [],
    ),
    usage: chunk.usageMetadata,
    finishReason: finishReason(chunk),
  }
}

function textOf(parts: readonly GeminiPart[]): string {
  return parts.map(({ text }) => text).join('')
}
