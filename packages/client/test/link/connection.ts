import type { Runtime } from '../../src/io/runtime.ts'
import type { Chance } from '../support/chance.ts'

/** The reply of the model server on its way through the model network: bytes arrive late, in pieces, or never. */
export class Connection {
  /** The client has gone, as far as the server can know. */
  onLeft: () => void = () => {}
  readonly body: ReadableStream<Uint8Array>
  readonly #runtime: Runtime
  readonly #chance: Chance
  readonly #latency: number
  readonly #since: number
  /** What is still on its way, in order. */
  readonly #flying = new Set<Flight>()
  #controller: ReadableStreamDefaultController<Uint8Array> | null = null
  #arrived = 0
  #silent = false
  #over = false

  constructor(runtime: Runtime, chance: Chance, latency: number) {
    this.#runtime = runtime
    this.#chance = chance
    this.#latency = latency
    this.#since = runtime.now()
    this.body = new ReadableStream({
      start: (controller) => {
        this.#controller = controller
      },
      cancel: () => this.leave(),
    })
  }

  get open(): boolean {
    return !this.#over
  }

  /** In ms. */
  get age(): number {
    return this.#runtime.now() - this.#since
  }

  /** The server writes. TCP cuts where it likes: often inside an event, a line, a character. */
  write(text: string): void {
    const bytes = new TextEncoder().encode(text)
    const cut = this.#chance.happens(0.5) ? this.#chance.between(0, bytes.byteLength) : 0
    for (const piece of [bytes.subarray(0, cut), bytes.subarray(cut)]) {
      if (piece.byteLength > 0) this.#fly(piece, () => this.#controller?.enqueue(piece))
    }
  }

  /** The server closes: all that it wrote arrives, then the end. */
  end(): void {
    this.#fly(nothing, () => {
      this.#over = true
      this.#controller?.close()
    })
  }

  /** Somebody on the way cuts: of what flies just now the first part arrives, and nothing else ever will. */
  reset(): void {
    if (this.#over || this.#silent) return
    const [next] = this.#flying
    const part = next?.piece.subarray(0, this.#chance.between(0, next.piece.byteLength)) ?? nothing
    this.#ground()
    if (part.byteLength > 0) this.#controller?.enqueue(part)
    this.#over = true
    const cause = Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' })
    this.#controller?.error(new TypeError('terminated', { cause }))
    this.onLeft()
  }

  /** Half open: nothing arrives any more, in no direction, and nobody is told. */
  fallSilent(): void {
    this.#silent = true
    this.#ground()
  }

  /** The client lets go: aborts its request or cancels the body. */
  leave(): void {
    if (this.#over) return
    this.#over = true
    this.#ground()
    if (!this.#silent) this.onLeft()
  }

  #fly(piece: Uint8Array, land: () => void): void {
    if (this.#over || this.#silent) return
    const now = this.#runtime.now()
    this.#arrived = Math.max(this.#arrived, now + this.#latency * (1 + this.#chance.next()))
    const arrive = () => {
      this.#flying.delete(flight)
      if (!this.#over) land()
    }
    const flight: Flight = { piece, stop: this.#runtime.sleep(this.#arrived - now, arrive, true) }
    this.#flying.add(flight)
  }

  #ground(): void {
    for (const { stop } of this.#flying) stop()
    this.#flying.clear()
  }
}

interface Flight {
  readonly piece: Uint8Array
  readonly stop: () => void
}

const nothing = new Uint8Array()
