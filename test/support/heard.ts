/** What an EventSource, or any target, has told so far, in order; and a way to wait for more. */
export interface Heard {
  readonly all: readonly Event[]
  /** Resolves with the nth event of a type, from 1, when it has come. */
  nth(type: string, n?: number): Promise<Event>
  /** Types so far, in order; a message as its data. */
  readonly log: readonly string[]
}

/** Listens for these types. Waits for events, so a test needs no sleep. */
export function hear(target: EventTarget, ...types: string[]): Heard {
  const all: Event[] = []
  let waiting: (() => void)[] = []
  for (const type of types) {
    target.addEventListener(type, (event) => {
      all.push(event)
      const woken = waiting
      waiting = []
      for (const wake of woken) wake()
    })
  }
  return {
    all,
    get log() {
      return all.map((event) =>
        'data' in event && event.data !== undefined ? String(event.data) : event.type,
      )
    },
    async nth(type, n = 1) {
      for (;;) {
        const found = all.filter((event) => event.type === type)[n - 1]
        if (found !== undefined) return found
        await new Promise<void>((resolve) => waiting.push(resolve))
      }
    },
  }
}
