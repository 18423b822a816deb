import { longestTask } from './longest-task.ts'

/** Immediates that are queued together, and calls between two looks at the clock: a look costs half as much as an event. */
const together = 16

/**
 * Calls `work` so many times, each time after all microtasks that the call before led to, not just one turn of them. The
 * promise waits for those of the last call as well.
 */
export function inTurns(times: number, work: () => void): Promise<void> {
  const { setImmediate } = globalThis
  if (setImmediate === undefined) return oneByOne(times, work)
  const checkpoint = checkpointOfNode()
  return new Promise((resolve) => {
    if (checkpoint !== null) return void setImmediate(inOneTask, times, work, checkpoint, resolve)
    // Bun, Deno. Queued together, they cost hardly more than one `await` each; but nothing else runs until all are done.
    let left = times
    const some = () => {
      const end = Math.max(0, left - together)
      for (; left > end; left--) setImmediate(work)
      setImmediate(left > 0 ? some : resolve)
    }
    some()
  })
}

/**
 * The function that Node itself calls after each immediate. A call takes a quarter of an immediate's time, which is a tenth
 * of what an event takes in all. It was never documented (DEP0134), so it is used only if it is exactly this function:
 * under `--pending-deprecation` another one, which warns, is in its place.
 */
function checkpointOfNode(): (() => void) | null {
  const { process } = globalThis
  const run: unknown = process && Reflect.get(process, '_tickCallback')
  return isCheckpoint(run) ? run : null
}

function isCheckpoint(run: unknown): run is () => void {
  return typeof run === 'function' && run.name === 'runNextTicks'
}

function inOneTask(left: number, work: () => void, checkpoint: () => void, done: () => void): void {
  const began = performance.now()
  let looked = began
  // Slow work is timed call by call.
  let unlooked = 1
  let over = false
  try {
    while (left > 0 && looked - began <= longestTask) {
      const end = Math.max(0, left - unlooked)
      while (left > end) {
        // First: the call before may have thrown and left microtasks.
        checkpoint()
        left--
        work()
      }
      const now = performance.now()
      unlooked = now - looked > 1 ? 1 : together
      looked = now
    }
    checkpoint()
    over = left === 0
  } finally {
    // A checkpoint throws what a listener threw. That is left to the process, and must not stop what follows.
    if (over) done()
    else setImmediate(inOneTask, left, work, checkpoint, done)
  }
}

/** Workers have no `setImmediate`: one turn of microtasks between two calls. */
async function oneByOne(times: number, work: () => void): Promise<void> {
  for (let turn = 0; turn < times; turn++) {
    work()
    await Promise.resolve()
  }
}
