/** The gate beside the tests: every step that must hold before a commit. */
import { checkPacked } from './gate/packed.ts'
import { run } from './gate/run.ts'
import { runStep, type Step } from './gate/step.ts'

const command =
  (name: string, ...args: string[]) =>
  () =>
    run(name, args)

/** None of these needs another; all are run, so that one round shows everything there is to mend. */
const sources: readonly Step[] = [
  { name: 'format', proves: 'oxfmt would change nothing', run: command('oxfmt', '--check') },
  { name: 'lint', proves: 'no finding; imports go one way', run: command('oxlint', '--deny-warnings') },
  { name: 'types', proves: 'core needs the ES library alone', run: command('node', 'scripts/types.ts') },
  {
    name: 'users’ types',
    proves: 'TypeScript 5.6, 5.9, 6 and 7; what editors show',
    run: command('node', 'scripts/users-types.ts'),
  },
  { name: 'unused', proves: 'no file, export or dependency too many', run: command('knip') },
]

/** Each of these looks at what the one before it made. */
const artefacts: readonly Step[] = [
  { name: 'build', proves: 'ES modules, CommonJS, declarations', run: command('pnpm', 'run', 'build') },
  { name: 'packed', proves: 'publint --strict, are the types wrong', run: checkPacked },
  { name: 'size', proves: 'minified and gzipped', run: command('node', 'scripts/size.ts'), report: true },
]

const failed: string[] = []
for (const step of sources) {
  if (!(await runStep(step))) failed.push(step.name)
}
for (const step of artefacts) {
  if (await runStep(step)) continue
  failed.push(step.name)
  break
}

if (failed.length > 0) {
  console.error(`The gate is shut: ${failed.join(', ')}.`)
  process.exitCode = 1
}
