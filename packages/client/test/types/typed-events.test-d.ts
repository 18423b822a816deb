import {
  fetchEventStream,
  type EventStream,
  type EventStreamError,
  type StreamEvent,
  type StreamOptions,
} from '@millrace/client'
import { type } from 'arktype'
import * as v from 'valibot'
import { z } from 'zod'
import { expectType } from './expect-type.ts'

const url = 'https://stream.example/'

export async function withoutTypes(): Promise<void> {
  for await (const event of fetchEventStream(url)) {
    expectType<StreamEvent>()(event)
    expectType<string>()(event.data)
  }
  const until = fetchEventStream(url, { until: (event) => event.data === 'end', json: { a: 1 } })
  for await (const { data } of until) expectType<string>()(data)
}

export async function handedThrough(options: StreamOptions): Promise<void> {
  const stream: EventStream = fetchEventStream(url, { method: 'POST', ...options })
  for await (const { data } of stream) expectType<string>()(data)
  await using left: EventStream = fetchEventStream(url, options)
  left.close()
}

export async function withParse(): Promise<void> {
  const numbers = fetchEventStream(url, { parse: Number, until: ({ data }) => data > 3 })
  for await (const { data } of numbers) expectType<number>()(data)

  const later = fetchEventStream(url, { parse: async (text) => new Date(text) })
  for await (const { data } of later) expectType<Date>()(data)

  const json = fetchEventStream(url, { parse: JSON.parse })
  for await (const { data } of json) void data.whatever.it.is
}

export async function withOneSchema(): Promise<void> {
  const zod = fetchEventStream(url, {
    schema: z.object({ at: z.string().transform((text) => new Date(text)), cents: z.number().optional() }),
    until: ({ data }) => data.at.getTime() === 0,
  })
  for await (const { data, type: name } of zod) {
    expectType<Date>()(data.at)
    expectType<number | undefined>()(data.cents)
    expectType<string>()(name)
  }
  const valibot = fetchEventStream(url, { schema: v.object({ rpm: v.number() }) })
  for await (const { data } of valibot) expectType<number>()(data.rpm)

  const ark = fetchEventStream(url, { schema: type({ rpm: 'number', 'name?': 'string' }) })
  for await (const { data } of ark) expectType<number>()(data.rpm)
}

export async function withSchemaPerName(): Promise<void> {
  const schema = {
    price: z.object({ cents: z.number() }),
    halt: v.object({ reason: v.string() }),
    tick: type('number'),
  }
  for await (const event of fetchEventStream(url, { schema })) {
    switch (event.type) {
      case 'price':
        expectType<number>()(event.data.cents)
        break
      case 'halt':
        expectType<string>()(event.data.reason)
        break
      case 'tick':
        expectType<number>()(event.data)
        break
      default:
        expectType<never>()(event)
    }
    // @ts-expect-error: names without a schema are skipped
    if (event.type === 'other') continue
  }
  for await (const event of fetchEventStream(url, { schema, others: 'pass' })) {
    if (event.type === 'other') {
      expectType<string>()(event.name)
      expectType<string>()(event.data)
    } else if (event.type === 'price') expectType<number>()(event.data.cents)
  }
  for await (const event of fetchEventStream(url, { schema, others: 'skip', onInvalid: 'pass' })) {
    if ('error' in event) {
      expectType<EventStreamError>()(event.error)
      expectType<unknown>()(event.data)
    } else expectType<'price' | 'halt' | 'tick'>()(event.type)
  }
}

export function mistakes(): void {
  // @ts-expect-error: no such way
  fetchEventStream(url, { onInvalid: 'ignore' })
  // @ts-expect-error: not a Standard Schema
  fetchEventStream(url, { schema: { price: (data: unknown) => data } })
  // @ts-expect-error: the data of a stream without a schema is text
  fetchEventStream(url, { until: ({ data }) => data.done })
  // @ts-expect-error: no such option
  fetchEventStream(url, { jsno: {} })
}
