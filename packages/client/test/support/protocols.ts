import {
  aiSdkUi,
  anthropicMessages,
  gemini,
  mcp,
  openaiChat,
  openaiResponses,
  openRouter,
} from '@millrace/client/protocols'
import type { Protocol } from '@millrace/client'
import type { AnswerName } from './answers.ts'

/** Which protocol each recorded answer is in. */
export const protocols: Readonly<Record<AnswerName, Protocol>> = {
  'openai-chat-completions.sse': openaiChat,
  'truncated-chat-completions.sse': openaiChat,
  'openai-responses.sse': openaiResponses,
  'anthropic-messages-overloaded.sse': anthropicMessages,
  'gemini-generate-content.sse': gemini,
  'mcp-streamable-http-leg1.sse': mcp,
  'mcp-streamable-http-leg2.sse': mcp,
  'ai-sdk-ui-message-stream.sse': aiSdkUi,
  'openrouter-chat-completions.sse': openRouter,
  'openrouter-provider-error.sse': openRouter,
}
