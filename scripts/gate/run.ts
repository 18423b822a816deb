import { spawn } from 'node:child_process'
import { root, withTools } from '../root.ts'

export interface Result {
  readonly ok: boolean
  /** What the command wrote to stdout and stderr, in the order in which it came. */
  readonly output: string
}

/** Runs a command in the workspace and keeps what it says; a command that is not there is a failure too. */
export function run(command: string, args: readonly string[], cwd: string = root): Promise<Result> {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd, env: withTools(), stdio: ['ignore', 'pipe', 'pipe'] })
    const chunks: Buffer[] = []
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk))
    child.stderr.on('data', (chunk: Buffer) => chunks.push(chunk))
    child.on('error', (error) => resolve({ ok: false, output: `${command}: ${error.message}\n` }))
    child.on('close', (code) => resolve({ ok: code === 0, output: Buffer.concat(chunks).toString() }))
  })
}
