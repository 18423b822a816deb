/** Gives an error of the app's own function to whom the runtime tells of a listener's: the page, or the process. */
export function reportUncaught(error: unknown): void {
  queueMicrotask(() => {
    throw error
  })
}
