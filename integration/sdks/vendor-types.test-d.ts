/** What the vendors' own types say of their events is what ours say: compiled, not run. */
import type { BetaRawMessageStreamEvent } from '@anthropic-ai/sdk/resources/beta/messages/messages'
import type { RawMessageStreamEvent } from '@anthropic-ai/sdk/resources/messages'
import type { JSONRPCMessage } from '@modelcontextprotocol/sdk/types.js'
import type {
  AnthropicEvent,
  ChatChunk,
  CompatibleChunk,
  McpMessage,
  ResponseEvent,
  UiMessagePart,
} from '@millrace/client/protocols'
import type { UIMessageChunk } from 'ai'
import type { ChatCompletionChunk } from 'openai/resources/chat/completions'
import type { ResponseStreamEvent } from 'openai/resources/responses/responses'

type DataOf<Event, Type> = Event extends { type: Type; data: infer Data } ? Data : never

/** For each name that both know: what they send is what we take it for. */
type Known<Ours extends { type: string }, Theirs extends { type: string }> = {
  [Type in Ours['type'] & Theirs['type']]: Extract<Theirs, { type: Type }> extends DataOf<Ours, Type>
    ? true
    : Type
}[Ours['type'] & Theirs['type']]

/** Compiles only with `true`. */
type Holds<Truth extends true> = Truth

export type Chat = Holds<ChatCompletionChunk extends ChatChunk ? true : false>
export type Responses = Holds<Known<ResponseEvent, ResponseStreamEvent>>
export type Anthropic = Holds<Known<AnthropicEvent, RawMessageStreamEvent>>
export type AnthropicBeta = Holds<Known<AnthropicEvent, BetaRawMessageStreamEvent>>
export type Compatible = Holds<ChatCompletionChunk extends CompatibleChunk ? true : false>
/** Each of theirs is one of ours: an app's `switch` over the types has a case for all of them. */
export type Ui = Holds<UIMessageChunk extends UiMessagePart ? true : false>
export type Mcp = Holds<Exclude<JSONRPCMessage, { error: unknown }> extends McpMessage ? true : false>
