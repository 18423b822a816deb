import { execFileSync } from 'node:child_process'
import process from 'node:process'
import { fileURLToPath } from 'node:url'

const build = fileURLToPath(new URL('../../scripts/build.ts', import.meta.url))

/** Builds what is measured, if it is not built: it is what is published, not the source. */
export function buildPackages(): void {
  execFileSync(process.execPath, [build, '--if-changed'], { stdio: ['ignore', 'ignore', 'inherit'] })
}
