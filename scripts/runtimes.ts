/** Runs the built packages in every runtime that npm has: `pnpm runtimes`. */
import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { root } from './root.ts'
import { runtimeFromNpm } from './runtimes/from-npm.ts'
import { testInHermes } from './runtimes/hermes.ts'
import { testInWorkerd } from './runtimes/workerd.ts'

const packages = ['parser', 'client', 'test-server']

const runtimes: readonly (readonly [name: string, version: string, ...args: string[]])[] = [
  ['node', '20.20.2'],
  ['node', '22.23.3'],
  ['node', '24.21.0'],
  ['node', '26.10.0'],
  ['bun', '1.4.5'],
  ['deno', '2.9.6', 'run', '-A'],
]

for (const name of packages) {
  execFileSync('pnpm', ['--filter', `@millrace/${name}`, 'run', 'build'], { cwd: root, stdio: 'ignore' })
}
for (const [name, version, ...args] of runtimes) {
  const command = runtimeFromNpm(name, version)
  for (const built of packages) {
    const check = join(root, 'packages', built, 'test/runtimes/built.mjs')
    execFileSync(command, [...args, check], { stdio: 'inherit', timeout: 60_000 })
    console.log(`${name} ${version}: the built ${built} works`)
  }
}
const workerd = '1.20261117.1'
// Before 2024-11-11 a worker's fetch knows no `cache`.
for (const date of ['2024-09-23', '2026-01-01']) {
  for (const built of ['parser', 'client']) {
    testInWorkerd(workerd, date, join(root, 'packages', built, 'test/runtimes/workerd.mjs'))
    console.log(`workerd ${workerd} as of ${date}: the built ${built} works`)
  }
}
for (const check of ['stream', 'class']) {
  testInHermes(join(root, 'packages/client/test/runtimes/hermes', `${check}.mjs`))
  console.log(`Hermes 0.12.0, as in React Native: the built client works (${check})`)
}
