import type { AnswerProtocol } from '../api/decode/protocol.ts'
import type { ServerErrorFacts } from '../core/failure.ts'
import { openaiChat, type ChatEvent, type ChatUsage } from './openai-chat.ts'

/**
 * OpenRouter's chat completions: as OpenAI's, with comments while a provider is awaited, and a provider's failure as
 * a finish reason.
 *
 * @example
 * const { outcome, text } = await collect(fetchEventStream(url, { protocol: openRouter, headers, json }))
 */
export const openRouter: AnswerProtocol<ChatEvent, ChatUsage> = {
  ...openaiChat,
  errorOf: (event) => openaiChat.errorOf?.(event) ?? providerError(event),
}

function providerError({ data }: ChatEvent): ServerErrorFacts | null {
  const failed = data.choices?.some((choice) => choice.finish_reason === 'error') === true
  return failed ? { message: 'The provider of the model failed', type: 'error' } : null
}
