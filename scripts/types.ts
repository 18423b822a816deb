/** Types of every part: each package, the pure core with the ES library alone, then the scripts. */
import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'

const projects = [
  'packages/parser/tsconfig.json',
  'packages/test-server/tsconfig.json',
  'packages/client/tsconfig.json',
  'packages/client/tsconfig.core.json',
  'tsconfig.json',
]

for (const project of projects.filter((path) => existsSync(path))) {
  execFileSync('tsc', ['-p', project], { stdio: 'inherit' })
}
