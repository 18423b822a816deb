import { useEventSource } from '@millrace/client/vue'
import { computed, ref, shallowRef } from 'vue'
import type { Entry, Note, Sample } from '../mill.ts'

interface Count {
  readonly received: number
  /** Entries that never came: the numbers have no gaps unless something was lost. */
  readonly missing: number
  readonly last: number
}

/** The mill, as a page shows it: its last minute, its book, and whether anything was lost. */
export function useMill() {
  const connections = ref(0)
  const feed = useEventSource('/api/mill', {
    parse: (data): Entry => JSON.parse(data),
    history: 600,
    initial: { received: 0, missing: 0, last: 0 },
    reduce: count,
    observe: ({ type }) => {
      if (type === 'open') connections.value++
    },
  })
  // Pausing holds the picture, not the stream: what comes meanwhile is there afterwards.
  const held = shallowRef<readonly Entry[] | null>(null)
  const live = computed(() => feed.history.value.map(({ data }) => data))
  const entries = computed(() => held.value ?? live.value)
  return {
    phase: feed.phase,
    nextRetryAt: feed.nextRetryAt,
    count: feed.data,
    connections,
    samples: computed(() => entries.value.filter((entry): entry is Sample => entry.type === 'sample')),
    notes: computed(() => entries.value.filter((entry): entry is Note => entry.type === 'note')),
    paused: computed({
      get: () => held.value !== null,
      set: (pause) => {
        held.value = pause ? live.value : null
      },
    }),
  }
}

function count({ received, missing, last }: Count, { data }: { readonly data: Entry }): Count {
  const gap = last === 0 ? 0 : data.n - last - 1
  return { received: received + 1, missing: missing + gap, last: data.n }
}
