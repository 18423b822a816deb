import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'

const cache = join(import.meta.dirname, '../../node_modules/.cache/runtimes')

/** The command of a runtime that npm has as a package: `node`, `bun` or `deno`. Downloaded once, on first use. */
export function runtimeFromNpm(name: string, version: string): string {
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
