/** Builds what has changed, then shows an answer over POST that survives a cut (demo/). */
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { keepCompiled } from './compiled.ts'
import { root } from './root.ts'

keepCompiled()
const { parseArguments } = await import('../demo/arguments.ts')
const { type } = parseArguments(process.argv.slice(2))
// A first build takes ten seconds: help, and what is wrong with the arguments, are told without it.
if (type === 'help' || type === 'invalid' || isBuilt()) await import('../demo/main.ts')
else process.exitCode = 1

function isBuilt(): boolean {
  const { status } = spawnSync(process.execPath, [join(root, 'scripts/build.ts'), '--if-changed'], {
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  return status === 0
}
