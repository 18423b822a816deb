/** Named gates. Each opening lets one reply pass, now or when it comes to the gate. */
export class Gates {
  #passes = new Map<string, number>()
  #waiting = new Map<string, (() => void)[]>()

  /** Lets `times` replies pass. @throws {RangeError} unless it is a whole number from 1, or Infinity */
  open(name: string, times = 1): void {
    if (!(times === Number.POSITIVE_INFINITY || (Number.isSafeInteger(times) && times >= 1)))
      throw new RangeError(`A gate lets a whole number of replies pass, from 1, or Infinity; not ${times}.`)
    const waiting = this.#waiting.get(name) ?? []
    const now = waiting.splice(0, times)
    this.#passes.set(name, (this.#passes.get(name) ?? 0) + times - now.length)
    for (const pass of now) pass()
  }

  /** Resolves when the gate lets this caller pass, or when the signal aborts. */
  pass(name: string, signal: AbortSignal): Promise<void> {
    const passes = this.#passes.get(name) ?? 0
    if (passes > 0) {
      this.#passes.set(name, passes - 1)
      return Promise.resolve()
    }
    if (signal.aborted) return Promise.resolve()
    return new Promise((resolve) => {
      const waiting = this.#waiting.get(name) ?? []
      this.#waiting.set(name, waiting)
      const done = () => {
        signal.removeEventListener('abort', leave)
        resolve()
      }
      const leave = () => {
        const index = waiting.indexOf(done)
        if (index >= 0) waiting.splice(index, 1)
        done()
      }
      signal.addEventListener('abort', leave)
      waiting.push(done)
    })
  }
}
