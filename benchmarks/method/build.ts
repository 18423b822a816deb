import { execFileSync } from 'node:child_process'

/** Builds what is measured: it is what is published, not the source. */
export function buildPackages(): void {
  execFileSync('pnpm', ['--filter', '@millrace/parser', '--filter', '@millrace/client', 'run', 'build'], {
    cwd: new URL('../..', import.meta.url),
    stdio: 'ignore',
  })
}
