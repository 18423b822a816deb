import { build } from 'esbuild'

/** How Angular's command line builds for zone.js: it cannot follow `async` functions, so there are none. */
const withoutAsync = { 'async-await': false, 'async-generator': false, 'for-await': false }

/** A program that loads zone.js, then `more`, where `stories` is in scope. */
export async function bundleStories(platform: 'node' | 'browser', more: string): Promise<string> {
  const zone = platform === 'node' ? 'zone.js/node' : 'zone.js'
  const { outputFiles } = await build({
    stdin: {
      contents: `import '${zone}'\nimport { stories } from './story.ts'\n${more}`,
      resolveDir: import.meta.dirname,
      loader: 'ts',
    },
    conditions: ['@millrace/source'],
    platform,
    format: 'esm',
    supported: withoutAsync,
    bundle: true,
    write: false,
  })
  return outputFiles.map(({ text }) => text).join('')
}
