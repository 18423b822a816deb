import type { PieceSink, Protocol } from '../api/decode/protocol.ts'
import { openaiBackground } from '../api/resume/resume-presets.ts'
import { serverErrorIn } from '../api/stream/server-error.ts'
import type { ResponseEvent, ResponseUsage } from './openai-responses-events.ts'

/**
 * OpenAI's Responses: `POST /v1/responses` with `stream: true`. With `background: true` an answer that was cut goes on
 * by GET after the last sequence number.
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

function responsePieces({ type, data }: ResponseEvent, answer: PieceSink<ResponseUsage>): void {
  switch (type) {
    case 'response.output_text.delta':
      return answer.text(data.delta, `${data.output_index}.${data.content_index}`)
    case 'response.refusal.delta':
      return answer.refusal(data.delta, data.output_index)
    case 'response.reasoning_text.delta':
    case 'response.reasoning_summary_text.delta':
      return answer.reasoning(data.delta, data.output_index)
    case 'response.output_item.added': {
      const { item } = data
      if (item.type !== 'function_call') return
      return answer.toolCall(data.output_index, { id: item.call_id ?? undefined, name: item.name })
    }
    case 'response.function_call_arguments.delta':
      return answer.toolCall(data.output_index, { arguments: data.delta })
    case 'response.completed':
    case 'response.incomplete': {
      const { usage, status, incomplete_details: details } = data.response
      if (usage) answer.usage(usage)
      answer.finish(details?.reason ?? status ?? type)
    }
  }
}
