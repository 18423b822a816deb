import { useEventSource, useEventStream } from '@millrace/client/react'
import { expectTypeOf } from 'vitest'

// Checked by `pnpm types`.

const plain = useEventSource('/feed')
expectTypeOf(plain.data).toEqualTypeOf<string | undefined>()
expectTypeOf(plain.start).toEqualTypeOf<(variables: void) => void>()

const counted = useEventSource(null, { initial: 0, reduce: (count, event) => count + event.data.length })
expectTypeOf(counted.data).toEqualTypeOf<number>()

const answer = useEventStream({
  request: (prompt: string) => ({ url: '/chat', json: { prompt }, until: '[DONE]' }),
  initial: '',
  reduce: (text, event) => text + event.data,
})
expectTypeOf(answer.data).toEqualTypeOf<string>()
expectTypeOf(answer.start).toEqualTypeOf<(variables: string) => void>()
