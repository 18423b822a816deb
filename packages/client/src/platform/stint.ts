/** A task lasts at most so many ms; then timers and sockets get a turn. */
const longestTask = 8

/** Events between two looks at the clock: a look costs half as much as an event. */
const stride = 16

/** How long an app has worked on events without a turn for timers and sockets. */
export class Stint {
  /** In ms. Added up over any number of chunks: to wait for the next one may be no turn for the others. */
  #worked = 0
  #looked = Infinity
  /** So many events more before the next look. */
  #unlooked = 0

  /** To be asked after each event. Once true, it is true until `begin()`. */
  isOver(): boolean {
    if (this.#unlooked-- > 0) return false
    const now = performance.now()
    const took = now - this.#looked
    this.#looked = now
    // Before `goOn()` there was no work: that is less than 0.
    this.#worked = Math.max(0, this.#worked + took)
    const isOver = this.#worked > longestTask
    // Slow work is timed event by event.
    this.#unlooked = isOver || took > 1 ? 0 : stride - 1
    return isOver
  }

  /** The others have had their turn. */
  begin(): void {
    this.#worked = 0
    this.goOn()
  }

  /** What comes now is work. What was before, since the last question, was not. */
  goOn(): void {
    this.#looked = performance.now()
    this.#unlooked = 0
  }
}
