import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'

const cache = join(import.meta.dirname, '../../node_modules/.cache/runtimes')

/** The command of a runtime that npm has as a package: `node`, `bun` or `deno`. */
export function runtimeFromNpm(name: string, version: string): string {
  return join(fromNpm(`${name}-${version}`, [`${name}@${version}`]), '.bin', name)
}

/** A node_modules with these packages. Downloaded once, on first use. */
export function fromNpm(name: string, packages: readonly string[]): string {
  const folder = join(cache, name)
  const modules = join(folder, 'node_modules')
  if (!existsSync(modules)) {
    mkdirSync(folder, { recursive: true })
    execFileSync('npm', ['install', '--prefix', folder, '--no-audit', '--no-fund', ...packages], {
      stdio: ['ignore', 'ignore', 'inherit'],
    })
  }
  return modules
}
