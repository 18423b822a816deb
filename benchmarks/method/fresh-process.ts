import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const execute = promisify(execFile)

/** V8 runs on one thread, so that collecting garbage and compiling are charged to the contestant that causes them. */
export interface Runtime {
  name: string
  command: string
  args: readonly string[]
}

/** Runs a worker in a process of its own; what it prints as JSON is its result. */
export async function inFreshProcess<Result>(
  runtime: Runtime,
  worker: URL,
  task: object,
  more: readonly string[] = [],
): Promise<Result> {
  const args = [...runtime.args, ...more, fileURLToPath(worker), JSON.stringify(task)]
  const { stdout } = await execute(runtime.command, args, { maxBuffer: 1 << 24 })
  return JSON.parse(stdout)
}
