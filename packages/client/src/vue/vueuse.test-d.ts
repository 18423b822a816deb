import type { Phase } from '@millrace/client'
import { useEventSource } from '@millrace/client/vue'
import type {
  useEventSource as theirs,
  UseEventSourceOptions as TheirOptions,
  UseEventSourceReturn as Theirs,
} from '@vueuse/core'
import { expectTypeOf } from 'vitest'
import type { VueUseEventSource, VueUseEventSourceOptions } from './vueuse-options.ts'

// Checked by `pnpm types`: what VueUse's types promise, ours keep.

type Names = ['price', 'volume']
interface Price {
  readonly amount: number
}

// Every option of theirs may be given to ours, with the same types.
expectTypeOf<TheirOptions<Price>>().toExtend<VueUseEventSourceOptions<Price>>()
expectTypeOf<keyof TheirOptions<Price>>().toExtend<keyof VueUseEventSourceOptions<Price>>()

// The names of what comes back are theirs, all of them and no others.
expectTypeOf<keyof VueUseEventSource<Names, Price>>().toEqualTypeOf<keyof Theirs<Names, Price>>()

// Each member can be used wherever theirs was. The instance is our class: its handlers know more of their events.
type Instance = 'eventSource'
expectTypeOf<Omit<VueUseEventSource<Names, Price>, Instance>>().toExtend<
  Omit<Theirs<Names, Price>, Instance>
>()
expectTypeOf<keyof NonNullable<VueUseEventSource<Names>[Instance]['value']>>().toExtend<string>()
expectTypeOf<keyof EventSource>().toExtend<keyof NonNullable<VueUseEventSource<Names>[Instance]['value']>>()

// The values: exactly theirs.
expectTypeOf<VueUseEventSource<Names, Price>['status']>().toEqualTypeOf<Theirs<Names, Price>['status']>()
expectTypeOf<VueUseEventSource<Names, Price>['data']>().toEqualTypeOf<Theirs<Names, Price>['data']>()
expectTypeOf<VueUseEventSource<Names, Price>['event']>().toEqualTypeOf<Theirs<Names, Price>['event']>()
expectTypeOf<VueUseEventSource<Names>['data']>().toEqualTypeOf<Theirs<Names>['data']>()

// The call: whatever theirs can be called with, ours can.
declare const parameters: Required<Parameters<typeof theirs<Names, Price>>>
const [url, events, options] = parameters
expectTypeOf(useEventSource(url, events, options)).toEqualTypeOf<VueUseEventSource<Names, Price>>()
expectTypeOf(useEventSource<Names, Price>(url, events)).toEqualTypeOf<VueUseEventSource<Names, Price>>()

// Without names it is ours: a phase, not VueUse's status. An empty list is VueUse's default.
expectTypeOf(useEventSource(url).phase.value).toEqualTypeOf<Phase>()
expectTypeOf(useEventSource(url).data.value).toEqualTypeOf<string | undefined>()
expectTypeOf(useEventSource(url)).not.toHaveProperty('status')
expectTypeOf(useEventSource<[], Price>(url, []).status).toEqualTypeOf<Theirs<[], Price>['status']>()
