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

export interface ResponseNumbered {
  readonly sequence_number: number
}

export interface ResponseInItem extends ResponseNumbered {
  readonly item_id: string
  readonly output_index: number
}

export interface ResponseInContent extends ResponseInItem {
  readonly content_index: number
}

export interface ResponseDelta {
  readonly delta: string
}

/** The events whose data is typed here, by name. Others come too. */
interface ResponseData {
  readonly 'response.created': ResponseNumbered & { readonly response: ResponseObject }
  readonly 'response.queued': ResponseNumbered & { readonly response: ResponseObject }
  readonly 'response.in_progress': ResponseNumbered & { readonly response: ResponseObject }
  readonly 'response.completed': ResponseNumbered & { readonly response: ResponseObject }
  readonly 'response.incomplete': ResponseNumbered & { readonly response: ResponseObject }
  readonly 'response.failed': ResponseNumbered & { readonly response: ResponseObject }
  readonly 'response.output_item.added': ResponseNumbered & {
    readonly output_index: number
    readonly item: ResponseItem
  }
  readonly 'response.output_item.done': ResponseNumbered & {
    readonly output_index: number
    readonly item: ResponseItem
  }
  readonly 'response.content_part.added': ResponseInContent & { readonly part: { readonly type: string } }
  readonly 'response.content_part.done': ResponseInContent & { readonly part: { readonly type: string } }
  readonly 'response.output_text.delta': ResponseInContent & ResponseDelta
  readonly 'response.output_text.done': ResponseInContent & { readonly text: string }
  readonly 'response.refusal.delta': ResponseInContent & ResponseDelta
  readonly 'response.refusal.done': ResponseInContent & { readonly refusal: string }
  readonly 'response.reasoning_text.delta': ResponseInContent & ResponseDelta
  readonly 'response.reasoning_text.done': ResponseInContent & { readonly text: string }
  readonly 'response.reasoning_summary_text.delta': ResponseInItem &
    ResponseDelta & { readonly summary_index: number }
  readonly 'response.reasoning_summary_text.done': ResponseInItem & {
    readonly summary_index: number
    readonly text: string
  }
  readonly 'response.function_call_arguments.delta': ResponseInItem & ResponseDelta
  readonly 'response.function_call_arguments.done': ResponseInItem & {
    readonly name?: string
    readonly arguments: string
  }
  readonly 'response.custom_tool_call_input.delta': ResponseInItem & ResponseDelta
  readonly 'response.custom_tool_call_input.done': ResponseInItem & { readonly input: string }
  readonly error: ResponseNumbered & {
    readonly error?: unknown
    readonly code?: string | null
    readonly message?: string
  }
}

/** An event of OpenAI's Responses: its name tells the type of its data. */
export type ResponseEvent = {
  [Name in keyof ResponseData]: StreamEvent<ResponseData[Name], Name>
}[keyof ResponseData]
