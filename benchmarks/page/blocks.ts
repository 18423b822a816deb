export interface Blocks {
  /** In ms; ends the watch. */
  longest(): Promise<number>
}

/** Asks for a timer of 1 ms again and again: what comes late shows how long the page was kept from it. */
export function watchBlocks(): Blocks {
  let longest = 0
  let last = performance.now()
  let watching = true
  const look = () => {
    const now = performance.now()
    longest = Math.max(longest, now - last)
    last = now
    if (watching) setTimeout(look, 1)
  }
  setTimeout(look, 1)
  return {
    longest: () =>
      new Promise((resolve) => {
        // Once more: the last block may still be going on.
        setTimeout(() => {
          watching = false
          look()
          resolve(longest)
        }, 1)
      }),
  }
}
