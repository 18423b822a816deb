import type { Failure } from '../core/failure.ts'

/** A body that is no event stream: all of it is one event. */
export class Whole {
  #text = ''
  #bytes = 0
  readonly #decoder = new TextDecoder()

  /** Gives a failure when it has become larger than `limit` bytes. */
  add(chunk: Uint8Array, limit: number): Failure | null {
    this.#bytes += chunk.byteLength
    this.#text += this.#decoder.decode(chunk, { stream: true })
    return this.#bytes > limit ? { code: 'too-large', limit: 'event', bytes: limit } : null
  }

  /** The text, once all has come. */
  end(): string {
    return this.#text + this.#decoder.decode()
  }
}
