/** Reads an answer by the AI SDK, and prints it. */
import { createOpenAICompatible } from '@ai-sdk/openai-compatible'
import { streamText } from 'ai'

const [, , baseURL = ''] = process.argv
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
process.stdout.write(JSON.stringify({ text, finishReason, totalTokens: usage.totalTokens, errors }))
