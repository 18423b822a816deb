import type { WholeAnswer } from '../api/decode/protocol.ts'
import { memberOf } from '../core/member-of.ts'
import type { ResponseItem } from './openai-responses-events.ts'

/** What a finished response says in whole; what it does not say stays as its pieces were. */
export function outputOf(output: readonly ResponseItem[]): WholeAnswer {
  const parts = output.flatMap(({ content, summary }) => [content, summary].flat())
  const text = textsIn(parts, 'output_text', 'text')
  const refusal = textsIn(parts, 'refusal', 'refusal')
  const reasoning = textsIn(parts, 'reasoning_text', 'text') + textsIn(parts, 'summary_text', 'text')
  const toolCalls = output.flatMap((item, key) => {
    const told = callText(item)
    return told === null ? [] : [{ key, id: callId(item) ?? '', name: item.name ?? '', arguments: told }]
  })
  return {
    ...(text && { text }),
    ...(refusal && { refusal }),
    ...(reasoning && { reasoning }),
    ...(toolCalls.length > 0 && { toolCalls }),
  }
}

/** The arguments of a call that the app is to carry out, or the text of one of a custom tool; null for other items. */
export function callText({ type, arguments: json, input }: ResponseItem): string | null {
  if (type !== 'function_call' && type !== 'custom_tool_call') return null
  return [json, input].find((text) => typeof text === 'string') ?? ''
}

export function callId({ call_id: id }: ResponseItem): string | undefined {
  return id ?? undefined
}

function textsIn(parts: readonly unknown[], type: string, member: string): string {
  return parts
    .filter((part) => memberOf(part, 'type') === type)
    .map((part) => memberOf(part, member))
    .join('')
}
