import { enableCompileCache } from 'node:module'
import { join } from 'node:path'
import { root } from './root.ts'

/**
 * Keeps what Node makes of each source file, types stripped and compiled, for the next start: a program on the
 * sources then starts in a third of the time. Programs that are started from here on do the same. What this
 * program has imported before is too late for it: a command calls this, then imports the rest.
 */
export function keepCompiled(): void {
  process.env['NODE_COMPILE_CACHE'] ??= join(root, 'node_modules/.cache/millrace/compiled')
  enableCompileCache(process.env['NODE_COMPILE_CACHE'])
}
