import type { Protocol } from '../api/decode/protocol.ts'
import { chatError, chatPieces, type ChatEvent, type ChatUsage } from './openai-chat.ts'

/**
 * OpenRouter's chat completions: as OpenAI's, with comments while a provider is awaited, and a provider's failure as
 * a finish reason.
 */
export const openRouter: Protocol<ChatEvent, ChatUsage> = {
  until: '[DONE]',
  errorOf: (event) => chatError(event) ?? providerError(event),
  pieces: chatPieces,
}

function providerError({ data }: ChatEvent): ReturnType<typeof chatError> {
  const failed = data.choices?.some((choice) => choice.finish_reason === 'error') === true
  return failed ? { message: 'The provider of the model failed', type: 'error' } : null
}
