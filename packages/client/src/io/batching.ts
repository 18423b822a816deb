import type { Runtime } from './runtime.ts'

/** Calls `flush` once, later; returns a function that cancels that. */
export type Schedule = (flush: () => void) => () => void

/** When listeners are told of what came: once a frame, once a microtask, or at once after each event. */
export type Batching = 'frame' | 'microtask' | 'none' | Schedule

/** A hidden page paints no frames, and other runtimes have none: after so many ms it is time anyway. */
const frameless = 100
const frameTime = 16

/** Null for `none`. */
export function scheduleOf(batching: Batching, runtime: Runtime): Schedule | null {
  if (typeof batching === 'function') return batching
  switch (batching) {
    case 'microtask':
      return atMicrotask
    case 'none':
      return null
    // `frame`, and whatever else an app without types may give.
    default:
      return (flush) => atFrame(flush, runtime)
  }
}

function atFrame(flush: () => void, runtime: Runtime): () => void {
  if (typeof requestAnimationFrame !== 'function') return runtime.sleep(frameTime, flush, false)
  const cancel = () => {
    cancelAnimationFrame(frame)
    stop()
  }
  const first = () => {
    cancel()
    flush()
  }
  const stop = runtime.sleep(frameless, first, true)
  // That of a test may call at once, before there is a number to cancel by.
  let frame = 0
  frame = requestAnimationFrame(first)
  return cancel
}

function atMicrotask(flush: () => void): () => void {
  let wanted = true
  queueMicrotask(() => {
    if (wanted) flush()
  })
  return () => {
    wanted = false
  }
}
