import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

const execute = promisify(execFile)

export interface Runtime {
  name: string
  command: string
  args: readonly string[]
}

/** V8 on one thread, so that garbage collection and compilation are charged to the contestant that causes them. */
export const node24: Runtime = { name: 'Node 24', command: process.execPath, args: ['--single-threaded'] }

/** Runs a worker in a process of its own; what it prints as JSON is its result. */
export async function inFreshProcess<Result>(
  runtime: Runtime,
  worker: URL,
  task: object,
  more: readonly string[] = [],
): Promise<Result> {
  const args = [...runtime.args, ...more, worker.pathname, JSON.stringify(task)]
  const { stdout } = await execute(runtime.command, args, { maxBuffer: 1 << 24 })
  return JSON.parse(stdout)
}
