import { anotherTask } from '#platform'

/** As they are before a test fakes them. */
const { setTimeout, clearTimeout } = globalThis

/** So long no task is under way, in real ms, unless nobody runs it. */
const faked = 500

/**
 * Resolves after another task.
 *
 * @throws {TypeError} when none comes, since `setImmediate` is a fake one
 */
export function unfakedTask(): Promise<void> {
  return new Promise((resolve, reject) => {
    const fail = () =>
      reject(
        new TypeError(
          "Virtual time stands still: `setImmediate` is faked, and never calls. Leave it real, by vi.useFakeTimers({ toNotFake: ['setImmediate'] }) or jest.useFakeTimers({ doNotFake: ['setImmediate'] })",
        ),
      )
    // Twice: after a process stood still, its timers run first.
    let timer = setTimeout(() => {
      timer = setTimeout(fail)
    }, faked)
    void anotherTask().then(() => {
      clearTimeout(timer)
      resolve()
    })
  })
}
