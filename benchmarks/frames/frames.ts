export interface Frames {
  readonly perSecond: number
  /** In ms. */
  readonly longest: number
  /** Events that the page had shown at the end. */
  readonly shown: number
}

/** Runs in the page: the frames of so many ms. */
export function framesOf(length: number): Promise<Frames> {
  return new Promise((resolve) => {
    const startedAt = performance.now()
    let last = startedAt
    let [frames, longest] = [0, 0]
    const frame = (now: number) => {
      frames++
      longest = Math.max(longest, now - last)
      last = now
      if (now - startedAt < length) return requestAnimationFrame(frame)
      const shown = Number(document.querySelector('h1')?.textContent)
      resolve({ perSecond: (1000 * frames) / (now - startedAt), longest, shown })
    }
    requestAnimationFrame(frame)
  })
}
