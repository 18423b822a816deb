/** Builds what has changed, then shows an answer over POST that survives a cut (demo/). */
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { keepCompiled } from './compiled.ts'
import { root } from './root.ts'

keepCompiled()
const { status } = spawnSync(process.execPath, [join(root, 'scripts/build.ts'), '--if-changed'], {
  stdio: ['ignore', 'inherit', 'inherit'],
})
if (status === 0) await import('../demo/main.ts')
else process.exitCode = 1
