import type { AnswerPieces, Protocol } from '../api/decode/protocol.ts'
import { openaiBackground } from '../api/resume/resume-presets.ts'
import { serverErrorIn } from '../api/stream/server-error.ts'
import type { ResponseEvent, ResponseUsage } from './openai-responses-events.ts'

/**
 * OpenAI's Responses: `POST /v1/responses` with `stream: true`. With `background: true` an answer that was cut goes on
 * by GET after the last sequence number.
 *
 * @example
 * const { outcome, text } = await collect(fetchEventStream(url, { protocol: openaiResponses, headers, json }))
 */
export const openaiResponses: Protocol<ResponseEvent, ResponseUsage> = {
  until: { event: ['response.completed', 'response.failed', 'response.incomplete'] },
  errorOf: ({ type, data }) => {
    if (type === 'error') return serverErrorIn({ error: data.error ?? data })
    return type === 'response.failed' ? serverErrorIn({ error: data.response.error ?? type }) : null
  },
  resume: openaiBackground,
  pieces: responsePieces,
}

function responsePieces({ type, data }: ResponseEvent): AnswerPieces<ResponseUsage> {
  switch (type) {
    case 'response.output_text.delta':
      return { text: data.delta, key: `${data.output_index}.${data.content_index}` }
    case 'response.refusal.delta':
      return { refusal: data.delta, key: data.output_index }
    case 'response.reasoning_text.delta':
    case 'response.reasoning_summary_text.delta':
      return { reasoning: data.delta, key: data.output_index }
    case 'response.output_item.added': {
      const { item, output_index: key } = data
      if (item.type !== 'function_call') return {}
      return { toolCalls: [{ key, id: item.call_id ?? undefined, name: item.name }] }
    }
    case 'response.function_call_arguments.delta':
      return { toolCalls: [{ key: data.output_index, arguments: data.delta }] }
    case 'response.function_call_arguments.done':
      return { toolCalls: [{ key: data.output_index, whole: data.arguments }] }
    case 'response.completed':
    case 'response.incomplete': {
      const { usage, status, incomplete_details: details } = data.response
      return { usage, finishReason: details?.reason ?? status ?? type }
    }
    default:
      return {}
  }
}
