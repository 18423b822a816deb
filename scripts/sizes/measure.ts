import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'
import { root } from '../root.ts'
import type { Import, SizeGoal } from './goals.ts'

/** Which files are measured: `dist` is what users get, `source` needs no build. */
export type Files = 'dist' | 'source'

/** Bytes of a browser bundle that imports just this, minified and gzipped; frameworks are the app's own. */
async function bundleSize({ from, exports }: Import, files: Files): Promise<number> {
  const { outputFiles } = await build({
    stdin: { contents: `export { ${exports.join(', ')} } from '${from}'`, resolveDir: root },
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

export async function goalSize(goal: SizeGoal, files: Files): Promise<number> {
  const [whole, below] = await Promise.all([
    bundleSize(goal, files),
    goal.above === undefined ? 0 : bundleSize(goal.above, files),
  ])
  return whole - below
}
