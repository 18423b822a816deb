export { chatGet, lastEventIdGet, lastEventIdQuery, openaiBackground } from '../api/resume/resume-presets.ts'
export { aiSdkUi } from './ai-sdk-ui.ts'
export type { UiMessageEvent, UiMessagePart } from './ai-sdk-ui.ts'
export { anthropicMessages } from './anthropic-messages.ts'
export type {
  AnthropicBlock,
  AnthropicDelta,
  AnthropicEvent,
  AnthropicMessage,
  AnthropicMessageDelta,
  AnthropicUsage,
} from './anthropic-messages.ts'
export { gemini } from './gemini.ts'
export type {
  GeminiCall,
  GeminiCandidate,
  GeminiChunk,
  GeminiEvent,
  GeminiPart,
  GeminiUsage,
} from './gemini.ts'
export { mcp } from './mcp.ts'
export type { JsonRpcNotification, JsonRpcRequest, JsonRpcResult, McpEvent, McpMessage } from './mcp.ts'
export { mercure } from './mercure.ts'
export type { MercureEvent } from './mercure.ts'
export { openaiChat } from './openai-chat.ts'
export type { ChatChoice, ChatChunk, ChatDelta, ChatEvent, ChatToolCall, ChatUsage } from './openai-chat.ts'
export { openaiCompatible } from './openai-compatible.ts'
export type {
  CompatibleChoice,
  CompatibleChunk,
  CompatibleDelta,
  CompatibleEvent,
  CompatiblePart,
  CompatibleToolCall,
} from './openai-compatible.ts'
export { openaiResponses } from './openai-responses.ts'
export type {
  ResponseDelta,
  ResponseEvent,
  ResponseInContent,
  ResponseInItem,
  ResponseItem,
  ResponseNumbered,
  ResponseObject,
  ResponseUsage,
} from './openai-responses-events.ts'
export { openRouter } from './openrouter.ts'
