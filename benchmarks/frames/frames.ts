export interface Frames {
  readonly perSecond: number
  /** In ms. */
  readonly longest: number
  /** Events that the page had shown at the end. */
  readonly shown: number
}

/** Runs in the page: its frames during `length` ms, from `warmUp` ms after it was opened. */
export function framesOf({ warmUp, length }: { warmUp: number; length: number }): Promise<Frames> {
  return new Promise((resolve) => {
    let [startedAt, last, frames, longest] = [0, 0, 0, 0]
    const begin = (now: number) => {
      if (now < warmUp) return requestAnimationFrame(begin)
      startedAt = last = now
      requestAnimationFrame(frame)
    }
    const frame = (now: number) => {
      frames++
      longest = Math.max(longest, now - last)
      last = now
      if (now - startedAt < length) return requestAnimationFrame(frame)
      const shown = Number(document.querySelector('h1')?.textContent)
      resolve({ perSecond: (1000 * frames) / (now - startedAt), longest, shown })
    }
    requestAnimationFrame(begin)
  })
}
