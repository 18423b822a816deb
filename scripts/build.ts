/** Builds every package. With --if-changed: only when a source is newer than the last build that succeeded. */
import { globSync, mkdirSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { run } from './gate/run.ts'
import { root } from './root.ts'

const stamp = join(root, 'node_modules/.cache/millrace/built')
const sources = [
  'packages/*/{src/**/*,*.json,*.ts}',
  'tsup.base.ts',
  'tsconfig.base.json',
  'scripts/{declarations,relative-imports}.ts',
]
const outputs = globSync('packages/*', { cwd: root }).map((path) => join(path, 'dist/esm/index.js'))

const isCurrent = (): boolean => {
  const built = modified(stamp)
  return (
    outputs.every((path) => modified(join(root, path)) > 0) &&
    globSync(sources, { cwd: root }).every((path) => modified(join(root, path)) <= built)
  )
}

/** When a file was changed, in ms; 0 when there is none. */
function modified(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0
}

if (!process.argv.includes('--if-changed') || !isCurrent()) {
  const started = Date.now()
  const { ok, output } = await run('pnpm', ['-r', '--workspace-concurrency=2', '--sort', 'run', 'build'])
  if (ok) {
    mkdirSync(dirname(stamp), { recursive: true })
    writeFileSync(stamp, '')
    // A file saved while the build ran is newer than it.
    utimesSync(stamp, started / 1000, started / 1000)
    console.log(`Built in ${((Date.now() - started) / 1000).toFixed(1)} s`)
  } else {
    process.stderr.write(output)
    process.exitCode = 1
  }
}
