import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildSync } from 'esbuild'
import { runtimeFromNpm } from './from-npm.ts'

const configOf = (date: string): string => `using Workerd = import "/workerd/workerd.capnp";

const config :Workerd.Config = (services = [(name = "main", worker = .worker)]);
const worker :Workerd.Worker = (
  modules = [(name = "worker.mjs", esModule = embed "worker.mjs")],
  compatibilityDate = "${date}",
  compatibilityFlags = ["nodejs_compat"],
  globalOutbound = "main",
);
`

/**
 * Runs the `test()` that a module exports, in workerd as of a compatibility date. It takes one module and a configuration, in files: the module is
 * made as wrangler makes it, and what it fetches goes to its own `fetch()`.
 */
export function testInWorkerd(version: string, date: string, entry: string): void {
  const command = runtimeFromNpm('workerd', version)
  const folder = mkdtempSync(join(tmpdir(), 'millrace-workerd-'))
  try {
    buildSync({
      entryPoints: [entry],
      outfile: join(folder, 'worker.mjs'),
      bundle: true,
      format: 'esm',
      platform: 'browser',
      conditions: ['workerd', 'worker'],
      external: ['node:*'],
      logLevel: 'error',
    })
    writeFileSync(join(folder, 'config.capnp'), configOf(date))
    execFileSync(command, ['test', join(folder, 'config.capnp')], { stdio: 'inherit', timeout: 60_000 })
  } finally {
    rmSync(folder, { recursive: true })
  }
}
