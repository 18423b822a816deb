import type { AnswerPieces, AnswerProtocol, ToolCallPiece } from '../api/decode/protocol.ts'
import { memberOf } from '../core/member-of.ts'
import { chatGet } from '../api/resume/resume-presets.ts'
import { serverErrorIn } from '../api/decode/server-error.ts'
import type { StreamEvent } from '../api/decode/stream-event.ts'

/** The parts of the stream by `type`, as far as they are typed here. */
export type UiMessagePart =
  | { readonly type: 'start'; readonly messageId?: string }
  | { readonly type: 'text-start' | 'text-end' | 'reasoning-start' | 'reasoning-end'; readonly id: string }
  | { readonly type: 'text-delta' | 'reasoning-delta'; readonly id: string; readonly delta: string }
  | {
      readonly type: 'tool-input-start'
      readonly toolCallId: string
      readonly toolName: string
      /** The provider carries it out. */
      readonly providerExecuted?: boolean
    }
  | { readonly type: 'tool-input-delta'; readonly toolCallId: string; readonly inputTextDelta: string }
  | {
      readonly type: 'tool-input-available'
      readonly toolCallId: string
      readonly toolName: string
      readonly input: unknown
      readonly providerExecuted?: boolean
    }
  | {
      readonly type: 'tool-input-error'
      readonly toolCallId: string
      readonly toolName: string
      readonly input: unknown
      readonly errorText: string
    }
  | { readonly type: 'tool-approval-request'; readonly toolCallId: string; readonly approvalId: string }
  | { readonly type: 'tool-approval-response'; readonly approvalId: string; readonly approved: boolean }
  | {
      readonly type: 'tool-output-available'
      readonly toolCallId: string
      readonly output: unknown
      /** Another output of the same call follows. */
      readonly preliminary?: boolean
    }
  | { readonly type: 'tool-output-error'; readonly toolCallId: string; readonly errorText: string }
  | { readonly type: 'tool-output-denied'; readonly toolCallId: string }
  | { readonly type: 'source-url'; readonly sourceId: string; readonly url: string; readonly title?: string }
  | {
      readonly type: 'source-document'
      readonly sourceId: string
      readonly mediaType: string
      readonly title: string
      readonly filename?: string
    }
  | { readonly type: 'file' | 'reasoning-file'; readonly url: string; readonly mediaType: string }
  /** What a provider sends beyond all this. */
  | { readonly type: 'custom'; readonly kind: string }
  /** What the user said in between: no text of the answer. */
  | { readonly type: 'steering-message'; readonly id: string; readonly parts: readonly unknown[] }
  | {
      readonly type: `data-${string}`
      readonly id?: string
      readonly data: unknown
      /** It is no part of the message, and not to be kept. */
      readonly transient?: boolean
    }
  /** `reset-step` takes back what the step has said so far: text that was gathered by `collect` stays. */
  | { readonly type: 'start-step' | 'finish-step' | 'reset-step' }
  | { readonly type: 'message-metadata'; readonly messageMetadata: unknown }
  | { readonly type: 'error'; readonly errorText: string }
  | { readonly type: 'abort'; readonly reason?: string }
  | { readonly type: 'finish'; readonly finishReason?: string; readonly messageMetadata?: unknown }

/** An event of the UI message stream: its data is a part. */
export type UiMessageEvent = StreamEvent<UiMessagePart>

/**
 * The AI SDK's UI message stream, version 1. A cut answer goes on by GET at the chat's own address, which needs the chat's
 * `id` in `json`.
 *
 * @example
 * const { outcome, text } = await collect(fetchEventStream(url, { protocol: aiSdkUi, headers, json }))
 */
export const aiSdkUi: AnswerProtocol<UiMessageEvent, never> = {
  until: '[DONE]',
  errorOf: ({ type, data }) => {
    const [kind, text, error, reason] = ['type', 'errorText', 'error', 'reason'].map((name) =>
      memberOf(data, name),
    )
    if (kind === 'error') return serverErrorIn({ error: text || error || {} })
    // [DONE] follows an abort, too: what came before is not the whole answer.
    if (kind === 'abort') {
      return { message: typeof reason === 'string' ? reason : 'it was aborted', type: kind }
    }
    // What stands between the SDK and a model may send an error of its own.
    return serverErrorIn(type === 'error' ? { error: error ?? data ?? {} } : data)
  },
  resume: chatGet,
  pieces: ({ data }) => partPieces(data),
}

function partPieces(part: UiMessagePart): AnswerPieces<never> {
  switch (part.type) {
    case 'text-delta':
      return { text: part.delta, key: part.id }
    case 'reasoning-delta':
      // The IDs of texts may be the same.
      return { reasoning: part.delta, key: `reasoning ${part.id}` }
    case 'tool-input-start':
      return callPieces(part.toolCallId, {
        id: part.toolCallId,
        name: part.toolName,
        settled: part.providerExecuted,
      })
    case 'tool-input-delta':
      return callPieces(part.toolCallId, { arguments: part.inputTextDelta })
    case 'tool-input-available':
      return callPieces(part.toolCallId, {
        id: part.toolCallId,
        name: part.toolName,
        whole: JSON.stringify(part.input),
        settled: part.providerExecuted,
      })
    // The server carries it out, has done so, refuses to, or asks somebody: nothing is left for the app.
    case 'tool-input-error':
    case 'tool-approval-request':
    case 'tool-output-available':
    case 'tool-output-error':
    case 'tool-output-denied':
      return callPieces(part.toolCallId, { settled: true })
    case 'finish':
      return { finishReason: part.finishReason }
    default:
      return {}
  }
}

function callPieces(key: string, piece: ToolCallPiece): AnswerPieces<never> {
  return { toolCalls: [{ key, ...piece }] }
}
