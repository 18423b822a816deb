import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Runtime } from './fresh-process.ts'

const cache = join(import.meta.dirname, '../../node_modules/.cache/runtimes')

/** The command of a runtime that npm has as a package: `node`, `bun` or `deno`. Downloaded once, on first use. */
function fromNpm(name: string, version: string): string {
  const folder = join(cache, `${name}-${version}`)
  const command = join(folder, 'node_modules/.bin', name)
  if (!existsSync(command)) {
    mkdirSync(folder, { recursive: true })
    execFileSync('npm', ['install', '--prefix', folder, '--no-audit', '--no-fund', `${name}@${version}`], {
      stdio: ['ignore', 'ignore', 'inherit'],
    })
  }
  return command
}

const singleThreaded = ['--single-threaded', '--no-warnings']

export const runtimes: Record<string, () => Runtime> = {
  'Node 24': () => ({ name: 'Node 24', command: process.execPath, args: singleThreaded }),
  'Node 22': () => ({ name: 'Node 22', command: fromNpm('node', '22.23.3'), args: singleThreaded }),
  Bun: () => ({ name: 'Bun', command: fromNpm('bun', '1.4.5'), args: [] }),
}
