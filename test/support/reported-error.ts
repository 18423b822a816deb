/** The message of an error that a test throws into the void on purpose; the test run does not fail by it. */
export const expectedInTest = 'thrown on purpose by a test'

/** The next error that nothing caught, as the runtime reports it: to the page, or to the process. */
export function reportedError(): Promise<unknown> {
  return new Promise((resolve) => {
    const { process } = globalThis
    if (process?.once !== undefined) process.once('uncaughtException', resolve)
    else globalThis.addEventListener('error', (event) => resolve(event.error), { once: true })
  })
}
