/** Builds every package. With --if-changed: only when a source is newer than the last build that succeeded. */
import { spawnSync } from 'node:child_process'
import { globSync, mkdirSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { root, withTools } from './root.ts'

const stamp = join(root, 'node_modules/.cache/millrace/built')
const sources = [
  'packages/*/{src/**/*,*.json,*.ts}',
  'tsup.base.ts',
  'tsconfig.base.json',
  'scripts/declarations.ts',
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
  const { status } = spawnSync('pnpm', ['-r', '--workspace-concurrency=2', '--sort', 'run', 'build'], {
    cwd: root,
    env: withTools(),
    stdio: 'inherit',
  })
  if (status === 0) {
    mkdirSync(dirname(stamp), { recursive: true })
    writeFileSync(stamp, '')
    // A file saved while the build ran is newer than it.
    utimesSync(stamp, started / 1000, started / 1000)
  } else process.exitCode = 1
  console.log(`Built in ${((Date.now() - started) / 1000).toFixed(1)} s`)
}
