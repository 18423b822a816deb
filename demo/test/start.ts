import { spawn, type ChildProcess } from 'node:child_process'
import { join } from 'node:path'
import { root } from '../../scripts/root.ts'

const main = join(root, 'demo/main.ts')

export interface Ended {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

export interface Running {
  readonly child: ChildProcess
  /** Resolves to the match as soon as stdout holds it. */
  readonly said: (pattern: RegExp) => Promise<RegExpExecArray>
  readonly ended: Promise<Ended>
}

/** The start command as a process of its own, from the sources and without a terminal. */
export function start(...args: string[]): Running {
  const child = spawn('node', ['--conditions=@millrace/source', main, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let stdout = ''
  let stderr = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))

  const ended = new Promise<Ended>((resolve) =>
    child.on('close', (code) => resolve({ code, stdout, stderr })),
  )
  const said = (pattern: RegExp): Promise<RegExpExecArray> =>
    new Promise((resolve, reject) => {
      const look = () => {
        const match = pattern.exec(stdout)
        if (match) resolve(match)
      }
      child.stdout.on('data', look)
      child.on('close', () =>
        reject(new RangeError(`It ended without saying ${pattern}: ${stdout}${stderr}`)),
      )
      look()
    })
  return { child, said, ended }
}
