/** The gate beside the tests: every step that must hold before a commit. */
import { execFileSync } from 'node:child_process'

const steps: readonly (readonly [name: string, command: string, ...args: string[]])[] = [
  ['format', 'oxfmt', '--check'],
  ['lint', 'oxlint', '--deny-warnings'],
  ['types', 'node', 'scripts/types.ts'],
  ['build', 'pnpm', 'run', 'build'],
]

for (const [name, command, ...args] of steps) {
  const started = Date.now()
  execFileSync(command, args, { stdio: 'inherit' })
  console.log(`${name} passed in ${Date.now() - started} ms`)
}
