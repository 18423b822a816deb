/** How someone listens to a channel. */
export interface Listening {
  /** Bytes that may wait for this reader. */
  readonly limit: number
  /** Called when more are waiting; the reader gets nothing after that. */
  readonly onBehind: () => void
  /** Ends the listening. */
  readonly signal: AbortSignal
}

/** Live channels: what is published goes to everyone who listens at that moment, each with a bounded queue of its own. */
export class Channels {
  #readers = new Map<string, Set<Reader>>()

  /** How many listen to a channel. */
  count(name: string): number {
    return this.#readers.get(name)?.size ?? 0
  }

  publish(name: string, bytes: Uint8Array): void {
    for (const reader of this.#readers.get(name) ?? []) reader.push(bytes)
  }

  /** Ends the channel for everyone who listens. */
  end(name: string): void {
    for (const reader of this.#readers.get(name) ?? []) reader.end()
  }

  /** What is published from now on, until the channel ends. */
  async *listen(name: string, listening: Listening): AsyncGenerator<Uint8Array, void, undefined> {
    const reader = new Reader(listening)
    const readers = this.#readers.get(name) ?? new Set()
    this.#readers.set(name, readers.add(reader))
    const leave = () => reader.end()
    listening.signal.addEventListener('abort', leave)
    try {
      yield* reader.read()
    } finally {
      listening.signal.removeEventListener('abort', leave)
      readers.delete(reader)
    }
  }
}

/** The queue of one reader, which is bounded: one slow reader costs a server no more than its limit. */
class Reader {
  readonly #listening: Listening
  #queue: Uint8Array[] = []
  #waiting = 0
  #ended = false
  #wake: () => void = () => {}

  constructor(listening: Listening) {
    this.#listening = listening
  }

  push(bytes: Uint8Array): void {
    if (this.#ended) return
    this.#queue.push(bytes)
    this.#waiting += bytes.length
    if (this.#waiting > this.#listening.limit) {
      this.#queue = []
      this.end()
      this.#listening.onBehind()
    }
    this.#wake()
  }

  end(): void {
    this.#ended = true
    this.#wake()
  }

  async *read(): AsyncGenerator<Uint8Array, void, undefined> {
    while (!this.#listening.signal.aborted) {
      const bytes = this.#queue.shift()
      if (bytes !== undefined) {
        this.#waiting -= bytes.length
        yield bytes
      } else if (this.#ended) return
      else await new Promise<void>((resolve) => (this.#wake = resolve))
    }
  }
}
