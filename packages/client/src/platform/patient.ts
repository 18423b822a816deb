import type { Runtime } from '../io/runtime.ts'

/**
 * A runtime whose timeouts (timers that keep no process alive) count no time in which the process stood still: blocked by
 * the app, stopped, or in a debugger. It runs its timers before it reads what has come meanwhile, and what it never got to
 * send cannot have been answered. So a timer that fires late is set again for as long as it is late, once.
 */
export function patient(runtime: Runtime): Pick<Runtime, 'sleep'> {
  return {
    sleep(ms, wake, unref) {
      if (!unref) return runtime.sleep(ms, wake, unref)
      const due = runtime.now() + ms
      let stop = runtime.sleep(
        ms,
        () => {
          // At most twice the time, since some clocks go on while the machine sleeps; but enough to decompress what came.
          const late = Math.min(Math.max(ms, 1000), runtime.now() - due)
          stop = runtime.sleep(Math.max(0, late), wake, unref)
        },
        unref,
      )
      return () => stop()
    },
  }
}
