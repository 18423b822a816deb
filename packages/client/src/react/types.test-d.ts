import { useEventSource, useEventStream } from '@millrace/client/react'
import type { EventStreamError, StandardSchema, StreamEvent } from '@millrace/client'
import {
  useEventSource as useVueEventSource,
  useEventStream as useVueEventStream,
} from '@millrace/client/vue'
import { expectTypeOf } from 'vitest'

// Checked by `pnpm types`.

interface Price {
  readonly cents: number
}
declare const Price: StandardSchema<unknown, Price>
declare const Halt: StandardSchema<unknown, { readonly reason: string }>

const plain = useEventSource('/feed')
expectTypeOf(plain.data).toEqualTypeOf<string | undefined>()
expectTypeOf(plain.history).toEqualTypeOf<readonly StreamEvent[]>()
expectTypeOf(plain.error).toEqualTypeOf<EventStreamError | null>()
expectTypeOf(plain.start).toEqualTypeOf<(variables: void) => void>()

// From a schema to `data` in a component.
expectTypeOf(useEventSource('/prices', { schema: Price }).data).toEqualTypeOf<Price | undefined>()
expectTypeOf(useVueEventSource('/prices', { schema: Price }).data.value).toEqualTypeOf<Price | undefined>()

// From a schema for each name of an event.
const named = useEventSource('/prices', {
  schema: { price: Price, halt: Halt },
  initial: 0,
  reduce: (sum, event) => (event.type === 'price' ? sum + event.data.cents : 0),
  onEvent: (event) => {
    if (event.type === 'halt') expectTypeOf(event.data.reason).toEqualTypeOf<string>()
  },
})
expectTypeOf(named.data).toEqualTypeOf<number>()

// From `parse`.
expectTypeOf(useEventSource('/n', { parse: Number }).data).toEqualTypeOf<number | undefined>()

const answer = useEventStream({
  request: (prompt: string) => ({ url: '/chat', json: { prompt }, until: '[DONE]' }),
  initial: '',
  reduce: (text, event) => text + event.data,
})
expectTypeOf(answer.data).toEqualTypeOf<string>()
expectTypeOf(answer.start).toEqualTypeOf<(variables: string) => void>()

// A request that needs nothing is started with nothing.
expectTypeOf(useEventStream({ request: () => ({ url: '/chat' }) }).start).toBeCallableWith()
expectTypeOf(useVueEventStream({ request: () => ({ url: '/chat' }) }).start).toBeCallableWith()
const summed = useEventStream({
  request: () => ({ url: '/n' }),
  parse: Number,
  initial: 0,
  reduce: (sum, { data }) => sum + data,
})
expectTypeOf(summed.data).toEqualTypeOf<number>()
expectTypeOf(summed.start).toBeCallableWith()

// @ts-expect-error The component's life is the signal.
useEventSource('/feed', { signal: new AbortController().signal })
