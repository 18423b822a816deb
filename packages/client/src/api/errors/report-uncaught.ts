/** Reports an error of the app's own function as the runtime reports a listener's: to the page, or to the process. */
export function reportUncaught(error: unknown): void {
  queueMicrotask(() => {
    throw error
  })
}
