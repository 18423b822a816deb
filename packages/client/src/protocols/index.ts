export { chatGet, lastEventIdGet, lastEventIdQuery, openaiBackground } from '../api/resume-presets.ts'
export { openaiChat } from './openai-chat.ts'
export type { ChatChoice, ChatChunk, ChatDelta, ChatEvent, ChatToolCall, ChatUsage } from './openai-chat.ts'
