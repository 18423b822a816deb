/** Types of every part: each package, the pure core with the ES library alone, then the scripts. */
import { run } from './gate/run.ts'

const projects = [
  'packages/parser/tsconfig.json',
  'packages/test-server/tsconfig.json',
  'packages/client/tsconfig.json',
  'packages/client/tsconfig.core.json',
  'integration/frameworks/tsconfig.json',
  'integration/react-18/tsconfig.json',
  'integration/sdks/tsconfig.json',
  'examples/react-chat/tsconfig.json',
  'examples/vue-dashboard/tsconfig.json',
  'tsconfig.json',
]

const results = await Promise.all(projects.map((project) => run('tsc', ['-p', project])))
process.stdout.write(results.map(({ output }) => output).join(''))
if (!results.every(({ ok }) => ok)) process.exitCode = 1
