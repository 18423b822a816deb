import type { StreamEvent } from '../api/decode/stream-event.ts'

/** The response as it stands in the events that frame the answer. */
export interface ResponseObject {
  readonly id: string
  readonly status?: string
  readonly model?: string
  readonly output?: readonly ResponseItem[]
  readonly usage?: ResponseUsage | null
  readonly error?: { readonly code?: string; readonly message?: string } | null
  readonly incomplete_details?: { readonly reason?: string } | null
}

export interface ResponseItem {
  readonly id?: string
  readonly type: string
  /** Of a function call. */
  readonly call_id?: string | null
  readonly name?: string
  readonly arguments?: unknown
  /** Of a call of a custom tool: text. */
  readonly input?: unknown
  /** The parts of a message, or of a reasoning. */
  readonly content?: unknown
  /** The parts of a reasoning that is told in short. */
  readonly summary?: unknown
}

/** Tokens used, in OpenAI's words. */
export interface ResponseUsage {
  readonly input_tokens: number
  readonly output_tokens: number
  readonly total_tokens: number
  readonly input_tokens_details?: { readonly cached_tokens?: number }
  readonly output_tokens_details?: { readonly reasoning_tokens?: number }
}

interface Numbered {
  readonly sequence_number: number
}

interface InItem extends Numbered {
  readonly item_id: string
  readonly output_index: number
}

interface InContent extends InItem {
  readonly content_index: number
}

interface Delta {
  readonly delta: string
}

/** The events whose data is typed here, by name. Others come too. */
interface ResponseData {
  readonly 'response.created': Numbered & { readonly response: ResponseObject }
  readonly 'response.queued': Numbered & { readonly response: ResponseObject }
  readonly 'response.in_progress': Numbered & { readonly response: ResponseObject }
  readonly 'response.completed': Numbered & { readonly response: ResponseObject }
  readonly 'response.incomplete': Numbered & { readonly response: ResponseObject }
  readonly 'response.failed': Numbered & { readonly response: ResponseObject }
  readonly 'response.output_item.added': Numbered & {
    readonly output_index: number
    readonly item: ResponseItem
  }
  readonly 'response.output_item.done': Numbered & {
    readonly output_index: number
    readonly item: ResponseItem
  }
  readonly 'response.content_part.added': InContent & { readonly part: { readonly type: string } }
  readonly 'response.content_part.done': InContent & { readonly part: { readonly type: string } }
  readonly 'response.output_text.delta': InContent & Delta
  readonly 'response.output_text.done': InContent & { readonly text: string }
  readonly 'response.refusal.delta': InContent & Delta
  readonly 'response.refusal.done': InContent & { readonly refusal: string }
  readonly 'response.reasoning_text.delta': InContent & Delta
  readonly 'response.reasoning_text.done': InContent & { readonly text: string }
  readonly 'response.reasoning_summary_text.delta': InItem & Delta & { readonly summary_index: number }
  readonly 'response.reasoning_summary_text.done': InItem & {
    readonly summary_index: number
    readonly text: string
  }
  readonly 'response.function_call_arguments.delta': InItem & Delta
  readonly 'response.function_call_arguments.done': InItem & {
    readonly name?: string
    readonly arguments: string
  }
  readonly 'response.custom_tool_call_input.delta': InItem & Delta
  readonly 'response.custom_tool_call_input.done': InItem & { readonly input: string }
  readonly error: Numbered & {
    readonly error?: unknown
    readonly code?: string | null
    readonly message?: string
  }
}

/** An event of OpenAI's Responses: its name tells the type of its data. */
export type ResponseEvent = {
  [Name in keyof ResponseData]: StreamEvent<ResponseData[Name], Name>
}[keyof ResponseData]
