/** Runs the built parser in every runtime that npm has: `pnpm runtimes`. */
import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { runtimeFromNpm } from './runtimes/from-npm.ts'

const root = join(import.meta.dirname, '..')
const check = join(root, 'packages/parser/test/runtimes/built.mjs')

const runtimes: readonly (readonly [name: string, version: string, ...args: string[]])[] = [
  ['node', '20.20.2'],
  ['node', '22.23.3'],
  ['node', '24.21.0'],
  ['node', '26.10.0'],
  ['bun', '1.4.5'],
  ['deno', '2.9.6', 'run', '-A'],
]

execFileSync('pnpm', ['--filter', '@millrace/parser', 'run', 'build'], { cwd: root, stdio: 'ignore' })
for (const [name, version, ...args] of runtimes) {
  execFileSync(runtimeFromNpm(name, version), [...args, check], { stdio: 'inherit' })
  console.log(`${name} ${version}: the built parser works`)
}
