import type { AnswerPieces, AnswerProtocol, ToolCallPiece } from '../api/decode/protocol.ts'
import { serverErrorIn } from '../api/decode/server-error.ts'
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
  readonly functionCall?: GeminiCall
}

export interface GeminiCall {
  readonly id?: string
  readonly name?: string
  readonly args?: unknown
  /** Parts of the arguments follow: Vertex AI's `streamFunctionCallArguments`. */
  readonly willContinue?: boolean
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
export const gemini: AnswerProtocol<GeminiEvent, GeminiUsage> = {
  until: { when: ({ data }) => finishReason(data) !== undefined, what: 'a finish reason', end: true },
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
    toolCalls: parts.flatMap(({ functionCall: call }) => (call ? [callPiece(call)] : [])),
    usage: chunk.usageMetadata,
    finishReason: finishReason(chunk),
  }
}

/** A call comes whole, but for one whose arguments are streamed: these are not put together, so it is left without. */
function callPiece({ id, name, args, willContinue }: GeminiCall): ToolCallPiece {
  return { key: id || undefined, id, name, whole: willContinue ? '{' : JSON.stringify(args) }
}

function textOf(parts: readonly GeminiPart[]): string {
  return parts.map(({ text }) => text).join('')
}
