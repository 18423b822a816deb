import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { build, type BuildOptions, type BuildResult } from 'esbuild'
import { root } from '../root.ts'
import { byArea } from './areas.ts'
import type { Imports, SizeGoal } from './goals.ts'

/** Which files are measured: `dist` is what users get, `source` needs no build. */
export type Files = 'dist' | 'source'

/** What an import costs: the bundle with it, less what is in the bundle anyway. */
export async function goalSize({ imports, above }: SizeGoal, files: Files): Promise<number> {
  if (above === undefined) return bundleSize([imports], files)
  const [both, below] = await Promise.all([bundleSize([imports, above], files), bundleSize([above], files)])
  return both - below
}

/** Bytes of a browser bundle that imports just this, minified and gzipped, without the frameworks, which apps have anyway. */
async function bundleSize(all: readonly Imports[], files: Files): Promise<number> {
  const { outputFiles } = await bundle(all, files)
  return outputFiles.reduce((bytes, { contents }) => bytes + zipped(contents), 0)
}

/** What a bundle is made of: kB of it, gzipped and shared out by minified size, for each area. */
export async function kilobytesByArea(imports: Imports, files: Files): Promise<ReadonlyMap<string, number>> {
  const { outputFiles, metafile } = await bundle([imports], files)
  const [inputs = {}] = Object.values(metafile.outputs).map((output) => output.inputs)
  const sums = byArea(
    Object.fromEntries(Object.entries(inputs).map(([file, { bytesInOutput }]) => [file, bytesInOutput])),
  )
  const minified = [...sums.values()].reduce((sum, bytes) => sum + bytes, 0)
  const whole = outputFiles.reduce((bytes, { contents }) => bytes + zipped(contents), 0)
  return new Map(Array.from(sums, ([area, bytes]) => [area, (whole * bytes) / minified / 1000]))
}

const zipped = (contents: Uint8Array): number => gzipSync(contents, { level: 9 }).length

function bundle(all: readonly Imports[], files: Files): Promise<BuildResult<typeof inMemory>> {
  return build({
    ...inMemory,
    stdin: { contents: all.flatMap(exporting).join('\n'), resolveDir: join(root, 'packages/client') },
    conditions: files === 'source' ? ['@millrace/source'] : [],
  })
}

const inMemory = {
  platform: 'browser',
  format: 'esm',
  target: 'es2022',
  bundle: true,
  minify: true,
  write: false,
  metafile: true,
  external: ['react', 'vue'],
  logLevel: 'silent',
} satisfies BuildOptions

const exporting = (imports: Imports): string[] =>
  Object.entries(imports).map(([from, names]) => `export { ${names.join(', ')} } from '${from}'`)
