import type { AnswerPieces, AnswerProtocol } from '../api/decode/protocol.ts'
import { memberOf } from '../core/member-of.ts'
import { openaiBackground } from '../api/resume/resume-presets.ts'
import { serverErrorIn } from '../api/decode/server-error.ts'
import { named } from './named.ts'
import { callId, callText, outputOf } from './openai-responses-output.ts'
import type { ResponseEvent, ResponseUsage } from './openai-responses-events.ts'

/**
 * OpenAI's Responses: `POST /v1/responses` with `stream: true`. With `background: true` an answer that was cut goes on
 * by GET after the last sequence number.
 *
 * @example
 * const { outcome, text } = await collect(fetchEventStream(url, { protocol: openaiResponses, headers, json }))
 */
export const openaiResponses: AnswerProtocol<ResponseEvent, ResponseUsage> = {
  until: { when: (event) => ends.has(named(event).type), what: 'response.completed' },
  errorOf: (event) => {
    const { type, data } = named(event)
    // By its line, too: there are gateways whose errors have a `type` of their own.
    if (event.type === 'error' || type === 'error') return serverErrorIn({ error: errorIn(data) })
    if (type === 'response.failed') return serverErrorIn({ error: data.response.error ?? type })
    // Nothing more comes, however often a resume asks for it.
    const cancelled = memberOf(memberOf(data, 'response'), 'status') === 'cancelled'
    return cancelled ? { message: 'the response was cancelled', type: 'cancelled' } : serverErrorIn(data)
  },
  resume: openaiBackground,
  pieces: (event) => responsePieces(named(event)),
}

/** What OpenAI sends is the error itself, and an event's own `type` is not that of the error. Others wrap it, or send a text. */
function errorIn(data: unknown): unknown {
  if (typeof data !== 'object' || data === null) return data ?? {}
  const type = memberOf(data, 'type')
  // Without a type its code is told.
  return memberOf(data, 'error') ?? { ...data, type: type === 'error' ? undefined : type }
}

const ends: ReadonlySet<string> = new Set(['response.completed', 'response.failed', 'response.incomplete'])

function responsePieces({ type, data }: ResponseEvent): AnswerPieces<ResponseUsage> {
  switch (type) {
    case 'response.output_text.delta':
      return { text: data.delta, key: `${data.output_index}.${data.content_index}` }
    case 'response.refusal.delta':
      return { refusal: data.delta, key: data.output_index }
    case 'response.reasoning_text.delta':
    case 'response.reasoning_summary_text.delta':
      return { reasoning: data.delta, key: data.output_index }
    case 'response.output_item.added':
    case 'response.output_item.done': {
      const { item, output_index: key } = data
      const text = callText(item)
      if (text === null) return {}
      const known = type === 'response.output_item.done' ? { whole: text } : { arguments: text }
      return { toolCalls: [{ key, id: callId(item), name: item.name, ...known }] }
    }
    case 'response.function_call_arguments.delta':
    case 'response.custom_tool_call_input.delta':
      return { toolCalls: [{ key: data.output_index, arguments: data.delta }] }
    case 'response.function_call_arguments.done':
      return { toolCalls: [{ key: data.output_index, whole: data.arguments }] }
    case 'response.custom_tool_call_input.done':
      return { toolCalls: [{ key: data.output_index, whole: data.input }] }
    case 'response.completed':
    case 'response.incomplete': {
      const { usage, status, incomplete_details: details, output } = data.response
      return { usage, finishReason: details?.reason ?? status ?? type, whole: outputOf(output ?? []) }
    }
    default:
      return {}
  }
}
