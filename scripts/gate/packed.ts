import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { root } from '../root.ts'
import { run, type Result } from './run.ts'

/** Packs every package as `pnpm publish` would, and has publint and are-the-types-wrong look at the tarballs. */
export async function checkPacked(): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), 'millrace-packed-'))
  try {
    const results = await Promise.all(readdirSync(join(root, 'packages')).map((name) => check(name, folder)))
    return { ok: results.every(({ ok }) => ok), output: results.map(({ output }) => output).join('') }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

async function check(name: string, folder: string): Promise<Result> {
  const tarball = join(folder, `${name}.tgz`)
  const packed = await run('pnpm', ['pack', '--out', tarball], join(root, 'packages', name))
  if (!packed.ok) return packed
  const publint = await run('publint', ['run', tarball, '--strict'])
  const types = await run('attw', [tarball, '--format', 'ascii', '--no-emoji', '--no-color'])
  return {
    ok: publint.ok && types.ok,
    output: [publint, types].map(({ ok, output }) => (ok ? '' : output)).join(''),
  }
}
