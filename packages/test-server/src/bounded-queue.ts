/** Bounds of what waits for one reader. */
export interface QueueBounds {
  /** Bytes that may wait. */
  readonly limit: number
  /** Called once when more would wait; the reader gets nothing after that. */
  readonly onBehind: () => void
}

/** Bytes on their way to one reader. It is bounded: a slow reader costs a server no more than its limit. */
export class BoundedQueue implements AsyncIterable<Uint8Array> {
  readonly #bounds: QueueBounds
  #queue: Uint8Array[] = []
  /** Where the queue begins: to take its first one out would move all the others, 100,000 of a reader that fell behind. */
  #first = 0
  #waiting = 0
  #ended = false
  #wake: () => void = () => {}

  constructor(bounds: QueueBounds) {
    this.#bounds = bounds
  }

  push(bytes: Uint8Array): void {
    if (this.#ended) return
    this.#queue.push(bytes)
    this.#waiting += bytes.length
    if (this.#waiting > this.#bounds.limit) {
      this.#queue = []
      this.#first = 0
      this.end()
      this.#bounds.onBehind()
    }
    this.#wake()
  }

  /** What is waiting is still read; nothing comes after it. */
  end(): void {
    this.#ended = true
    this.#wake()
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array, void, undefined> {
    for (;;) {
      const bytes = this.#queue[this.#first]
      if (bytes !== undefined) {
        this.#first += 1
        if (2 * this.#first > this.#queue.length) {
          this.#queue = this.#queue.slice(this.#first)
          this.#first = 0
        }
        this.#waiting -= bytes.length
        yield bytes
      } else if (this.#ended) return
      else await new Promise<void>((resolve) => (this.#wake = resolve))
    }
  }
}
