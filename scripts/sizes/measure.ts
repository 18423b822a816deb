import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'
import { root } from '../root.ts'
import type { Imports, SizeGoal } from './goals.ts'

/** Which files are measured: `dist` is what users get, `source` needs no build. */
export type Files = 'dist' | 'source'

/** What an import costs: with what stands in the bundle anyway, less that. */
export async function goalSize({ imports, above }: SizeGoal, files: Files): Promise<number> {
  if (above === undefined) return bundleSize([imports], files)
  const [both, below] = await Promise.all([bundleSize([imports, above], files), bundleSize([above], files)])
  return both - below
}

/** Bytes of a browser bundle that imports just this, minified and gzipped; frameworks are the app's own. */
async function bundleSize(all: readonly Imports[], files: Files): Promise<number> {
  const { outputFiles } = await build({
    stdin: { contents: all.flatMap(exporting).join('\n'), resolveDir: join(root, 'packages/client') },
    conditions: files === 'source' ? ['@millrace/source'] : [],
    platform: 'browser',
    format: 'esm',
    target: 'es2022',
    bundle: true,
    minify: true,
    write: false,
    external: ['react', 'vue'],
    logLevel: 'silent',
  })
  return outputFiles.reduce((bytes, { contents }) => bytes + gzipSync(contents, { level: 9 }).length, 0)
}

const exporting = (imports: Imports): string[] =>
  Object.entries(imports).map(([from, names]) => `export { ${names.join(', ')} } from '${from}'`)
