import { createOpenAICompatible } from '@ai-sdk/openai-compatible'
import { streamText } from 'ai'

/** Reads an answer by the AI SDK. */
export default async function read(baseURL: string): Promise<unknown> {
  const provider = createOpenAICompatible({ name: 'mill', baseURL, apiKey: 'none', includeUsage: true })
  const errors: string[] = []
  const result = streamText({
    model: provider.chatModel('synthetic-1'),
    prompt: 'Turn',
    maxRetries: 0,
    onError: ({ error }) => void errors.push(String(error)),
  })
  let text = ''
  for await (const piece of result.textStream) text += piece
  const [finishReason, usage] = await Promise.all([result.finishReason, result.usage])
  return { text, finishReason, totalTokens: usage.totalTokens, errors }
}
