const leastIdle = 60_000
/** A silence of so many times the longest one so far is too long. */
const gaps = 3
/** Comments closer together than this are one heartbeat, in ms. */
const shortestInterval = 1000

/**
 * The rhythm of a server that sends comments to show that it is alive. From it a dead subscription is noticed
 * without being told an interval. All times in monotonic ms.
 */
export class Rhythm {
  /** Comments so far that came apart from each other: a greeting of several lines is one. */
  #beats = 0
  #lastBeat: number | null = null
  #lastByte: number | null = null
  /** The longest silence between two bytes. */
  #longest = 0

  /** Bytes have come. Servers send comments after a silence, not by the clock: what counts is their longest silence. */
  heard(at: number): void {
    this.#longest = Math.max(this.#longest, at - (this.#lastByte ?? at))
    this.#lastByte = at
  }

  /** There was a comment among them. */
  beat(at: number): void {
    if (this.#lastBeat !== null && at - this.#lastBeat < shortestInterval) return
    this.#beats++
    this.#lastBeat = at
  }

  /** The idle timeout that the rhythm implies, in ms; null before the second beat: one shows no interval. */
  get idle(): number | null {
    return this.#beats < 2 ? null : Math.max(leastIdle, gaps * this.#longest)
  }
}
