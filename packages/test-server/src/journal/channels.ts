/** A reader of a channel that has fallen behind by more than the bound. */
export class ReaderBehindError extends Error {
  override readonly name = 'ReaderBehindError'
  readonly bytes: number

  constructor(bytes: number) {
    super(`A reader was dropped: it had ${bytes} bytes still to read. Raise limits.behind if that is meant.`)
    this.bytes = bytes
  }
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

  /** Listens until the channel ends or the signal aborts; throws when more than `limit` bytes are waiting. */
  async *listen(
    name: string,
    limit: number,
    signal: AbortSignal,
  ): AsyncGenerator<Uint8Array, void, undefined> {
    const reader = new Reader(limit)
    const readers = this.#readers.get(name) ?? new Set()
    this.#readers.set(name, readers.add(reader))
    const leave = () => reader.end()
    signal.addEventListener('abort', leave)
    try {
      yield* reader.read(signal)
    } finally {
      signal.removeEventListener('abort', leave)
      readers.delete(reader)
    }
  }
}

class Reader {
  readonly #limit: number
  #queue: Uint8Array[] = []
  #waiting = 0
  #ended = false
  #wake: () => void = () => {}

  constructor(limit: number) {
    this.#limit = limit
  }

  push(bytes: Uint8Array): void {
    this.#queue.push(bytes)
    this.#waiting += bytes.length
    this.#wake()
  }

  end(): void {
    this.#ended = true
    this.#wake()
  }

  async *read(signal: AbortSignal): AsyncGenerator<Uint8Array, void, undefined> {
    while (!signal.aborted) {
      if (this.#waiting > this.#limit) throw new ReaderBehindError(this.#waiting)
      const bytes = this.#queue.shift()
      if (bytes !== undefined) {
        this.#waiting -= bytes.length
        yield bytes
      } else if (this.#ended) return
      else await new Promise<void>((resolve) => (this.#wake = resolve))
    }
  }
}
