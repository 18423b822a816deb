import type { PieceSink, Protocol } from '../api/decode/protocol.ts'
import { serverErrorIn } from '../api/stream/server-error.ts'
import type { StreamEvent } from '../api/stream/stream-event.ts'

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

export interface GeminiUsage {
  readonly promptTokenCount?: number
  readonly candidatesTokenCount?: number
  readonly totalTokenCount?: number
  readonly thoughtsTokenCount?: number
  readonly cachedContentTokenCount?: number
}

export type GeminiEvent = StreamEvent<GeminiChunk>

/**
 * Gemini's `:streamGenerateContent?alt=sse`. Nothing follows the last chunk but the end of the body; that it is the
 * last is told by its finish reason. Of several candidates the first is gathered.
 */
export const gemini: Protocol<GeminiEvent, GeminiUsage> = {
  until: { when: ({ data }) => finishReason(data) !== undefined, end: true },
  errorOf: ({ data }) => serverErrorIn(data),
  pieces: (event, answer) => chunkPieces(event.data, answer),
}

function finishReason({ candidates, promptFeedback }: GeminiChunk): string | undefined {
  return candidates?.find(isFirst)?.finishReason || promptFeedback?.blockReason
}

function isFirst({ index }: GeminiCandidate): boolean {
  return !index
}

function chunkPieces(chunk: GeminiChunk, answer: PieceSink<GeminiUsage>): void {
  if (chunk.usageMetadata) answer.usage(chunk.usageMetadata)
  for (const { text, thought, functionCall: call } of chunk.candidates?.find(isFirst)?.content?.parts ?? []) {
    if (text) {
      if (thought) answer.reasoning(text)
      else answer.text(text)
    }
    // A call comes whole, so each is one of its own.
    if (call) answer.toolCall(call.id, { id: call.id, name: call.name, input: call.args })
  }
  const reason = finishReason(chunk)
  if (reason) answer.finish(reason)
}
