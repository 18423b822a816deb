/** Types of every part: each package, the pure core with the ES library alone, then the scripts. */
import { join } from 'node:path'
import { run } from './gate/run.ts'
import { root } from './root.ts'

const projects = [
  'packages/parser/tsconfig.json',
  'packages/test-server/tsconfig.json',
  'packages/client/tsconfig.json',
  'packages/client/tsconfig.core.json',
  'integration/frameworks/tsconfig.json',
  'integration/react-18/tsconfig.json',
  'integration/sdks/tsconfig.json',
  'examples/react-chat/tsconfig.json',
  'tsconfig.json',
]

/** With its templates; it brings a TypeScript of its own. */
const vueApp = join(root, 'examples/vue-dashboard')

const results = await Promise.all([
  ...projects.map((project) => run('tsc', ['-p', project])),
  run(join(vueApp, 'node_modules/.bin/vue-tsc'), ['-p', 'tsconfig.json'], vueApp),
])
process.stdout.write(results.map(({ output }) => output).join(''))
if (!results.every(({ ok }) => ok)) process.exitCode = 1
