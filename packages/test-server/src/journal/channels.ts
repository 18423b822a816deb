import { BoundedQueue, type QueueBounds } from '../bounded-queue.ts'

/** How someone listens to a channel: bounded, and until the signal aborts. */
export interface Listening extends QueueBounds {
  readonly signal: AbortSignal
}

/** Live channels: what is published goes to everyone who listens at that moment, each with a queue of its own. */
export class Channels {
  #readers = new Map<string, Set<BoundedQueue>>()

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
  listen(name: string, { signal, ...bounds }: Listening): AsyncIterable<Uint8Array> {
    const reader = new BoundedQueue(bounds)
    const readers = this.#readers.get(name) ?? new Set()
    this.#readers.set(name, readers.add(reader))
    return readUntil(signal, reader, () => readers.delete(reader))
  }
}

async function* readUntil(
  signal: AbortSignal,
  reader: BoundedQueue,
  leave: () => void,
): AsyncGenerator<Uint8Array, void, undefined> {
  const end = () => reader.end()
  signal.addEventListener('abort', end)
  try {
    for await (const bytes of reader) {
      if (signal.aborted) return
      yield bytes
    }
  } finally {
    signal.removeEventListener('abort', end)
    leave()
  }
}
