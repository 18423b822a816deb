import {
  collect,
  fetchEventStream,
  textOf,
  type Answer,
  type OutcomeType,
  type Protocol,
  type StreamEvent,
} from '@millrace/client'
import {
  aiSdkUi,
  anthropicMessages,
  gemini,
  mcp,
  mercure,
  openaiChat,
  openaiCompatible,
  openaiResponses,
  openRouter,
  type ChatUsage,
} from '@millrace/client/protocols'
import { z } from 'zod'
import { expectType } from './expect-type.ts'

const url = 'https://stream.example/'
const json = { stream: true }

export async function events(): Promise<void> {
  for await (const { data } of fetchEventStream(url, { protocol: openaiChat, json })) {
    expectType<string | null | undefined>()(data.choices?.[0]?.delta?.content)
  }
  for await (const { data } of fetchEventStream(url, { protocol: openaiCompatible, json })) {
    expectType<number | undefined>()(data.x_groq?.usage?.total_tokens)
  }
  for await (const event of fetchEventStream(url, { protocol: openaiResponses, json })) {
    switch (event.type) {
      case 'response.output_text.delta':
        expectType<string>()(event.data.delta)
        break
      case 'response.completed':
        expectType<number | undefined>()(event.data.response.usage?.total_tokens)
    }
  }
  for await (const event of fetchEventStream(url, { protocol: anthropicMessages, json })) {
    if (event.type === 'content_block_delta' && event.data.delta.type === 'text_delta') {
      expectType<string>()(event.data.delta.text)
    }
  }
  for await (const { data } of fetchEventStream(url, { protocol: gemini, json })) {
    expectType<string | undefined>()(data.candidates?.[0]?.finishReason)
  }
  for await (const { data } of fetchEventStream(url, { protocol: aiSdkUi, json })) {
    if (data.type === 'tool-input-available') expectType<unknown>()(data.input)
  }
  for await (const { data } of fetchEventStream(url, { protocol: mcp, json })) {
    if ('method' in data) expectType<string>()(data.method)
  }
  for await (const { data } of fetchEventStream(url, { protocol: mercure })) expectType<unknown>()(data)
  for await (const { data } of fetchEventStream(url, { protocol: openRouter, json })) {
    expectType<string | undefined>()(data.model)
  }
}

export async function inPlace(): Promise<void> {
  const untyped = fetchEventStream(url, {
    protocol: {
      until: ({ data }) => data === 'end',
      keepsAlive: ({ data }) => data === '',
      errorOf: ({ data, raw }) => (data === null ? { message: raw } : null),
      pieces: ({ raw }) => ({ text: raw }),
    },
  })
  for await (const { data } of untyped) expectType<unknown>()(data)
  const parsed = fetchEventStream(url, { protocol: { parse: (text) => ({ cents: Number(text) }) } })
  for await (const { data } of parsed) expectType<{ cents: number }>()(data)
  // @ts-expect-error: a part of no such name
  fetchEventStream(url, { protocol: { unless: '[DONE]' } })
}

export async function explicitOptionsWin(): Promise<void> {
  const Chunk = z.object({ choices: z.array(z.object({ delta: z.object({ content: z.string() }) })) })
  const stream = fetchEventStream(url, { protocol: openaiChat, schema: Chunk, json })
  for await (const { data } of stream) expectType<string | undefined>()(data.choices[0]?.delta.content)

  const lengths = fetchEventStream(url, { protocol: openaiChat, parse: (text) => text.length, json })
  for await (const { data } of lengths) expectType<number>()(data)
}

export async function ownParts(): Promise<void> {
  const parts: Protocol = {
    until: '[DONE]',
    errorOf: ({ type }) => (type === 'oops' ? { message: type } : null),
  }
  for await (const { data } of fetchEventStream(url, { protocol: parts })) expectType<unknown>()(data)
  for await (const { data } of fetchEventStream(url, { protocol: { until: '[DONE]' } })) {
    expectType<unknown>()(data)
  }

  const typed: Protocol<StreamEvent<{ n: number }, 'count'>, { seconds: number }> = {
    until: { event: 'end' },
  }
  for await (const event of fetchEventStream(url, { protocol: typed })) expectType<number>()(event.data.n)
}

export async function shownWhileItComes(): Promise<void> {
  let text = ''
  for await (const event of fetchEventStream(url, { protocol: openaiChat, json })) {
    text += openaiChat.pieces(event).text ?? ''
  }
  const own: Protocol = {}
  // @ts-expect-error: a protocol may be one whose events add up to nothing
  void own.pieces({ type: 'message', data: null, raw: '', lastEventId: '' })
  expectType<string>()(text)
}

export async function collected(): Promise<void> {
  const stream = fetchEventStream(url, { protocol: openaiChat, json })
  const { outcome, text, toolCalls, usage } = await collect(stream)
  expectType<string>()(text)
  expectType<Partial<ChatUsage> | null>()(usage)
  // @ts-expect-error: the arguments of a call that may be cut are text
  void toolCalls[0]?.input
  if (outcome.type === 'complete') {
    expectType<Answer<ChatUsage>>()(outcome.answer)
    expectType<unknown>()(outcome.answer.toolCalls[0]?.input)
  } else {
    expectType<Exclude<OutcomeType, 'complete'>>()(outcome.type)
    // @ts-expect-error: there is no full answer
    void outcome.answer
  }
  expectType<Answer<ChatUsage>>()(
    await collect.orThrow(stream, {
      from: { text, reasoning: '', refusal: '', toolCalls, usage, finishReason: null },
    }),
  )
  for await (const piece of textOf(stream)) expectType<string>()(piece)
}
