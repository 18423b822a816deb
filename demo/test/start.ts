import { spawn, type ChildProcess } from 'node:child_process'
import { join } from 'node:path'
import { root } from '../../scripts/root.ts'

const programs = join(root, 'demo')

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
  return program('main.ts', args)
}

/** Ends of the start command, run with each of these lists of arguments. */
export async function endsOf(lists: readonly (readonly string[])[]): Promise<EndOfRun[]> {
  const { stderr } = await program('test/several.ts', [JSON.stringify(lists)]).ended
  return Array.from(stderr.matchAll(/^([^]*?)exit code (\d+)\n/gm), ([, said = '', code]) => ({
    said,
    code: Number(code),
  }))
}

export interface EndOfRun {
  readonly said: string
  readonly code: number
}

function program(path: string, args: readonly string[]): Running {
  const child = spawn('node', ['--conditions=@millrace/source', join(programs, path), ...args], {
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
