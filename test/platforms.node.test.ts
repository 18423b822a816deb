import { basename } from 'node:path'
import { build } from 'esbuild'
import { expect, test } from 'vitest'
import client from '../packages/client/package.json' with { type: 'json' }
import { root } from '../scripts/root.ts'

/** The platform module that a tool with these conditions takes. */
async function platformFor(...conditions: string[]): Promise<string[]> {
  const { metafile } = await build({
    stdin: { contents: "export * from '@millrace/client'", resolveDir: root },
    conditions: ['@millrace/source', ...conditions],
    platform: 'neutral',
    format: 'esm',
    bundle: true,
    write: false,
    metafile: true,
    absWorkingDir: root,
  })
  return Object.keys(metafile.inputs)
    .map((path) => basename(path))
    .filter((name) => name === 'browser.ts' || name === 'node.ts')
}

// What runs workers on a server also says `browser`. There no engine keeps an app's headers from other origins.
test.each([
  ['Node, Bun, Deno', ['node'], 'node.ts'],
  ['Metro', ['react-native'], 'node.ts'],
  ['bundlers for pages', ['module', 'browser'], 'browser.ts'],
  ['webpack for web workers', ['worker', 'browser'], 'browser.ts'],
  ['wrangler', ['workerd', 'worker', 'browser'], 'node.ts'],
  ['Next.js for its edge runtime', ['edge-light', 'worker', 'browser'], 'node.ts'],
])('the conditions of %s choose the platform module', async (_, conditions, module) => {
  expect(await platformFor(...conditions)).toEqual([module])
})

test('the built files are chosen as their sources are', () => {
  const { '@millrace/source': sources, ...built } = client.imports['#platform']
  const expected = Object.entries(sources).map(([condition, path]) => {
    const name = basename(path, '.ts')
    return [
      condition,
      { import: `./dist/esm/platform/${name}.js`, require: `./dist/cjs/platform/${name}.cjs` },
    ]
  })
  // In this order: the first condition that a tool has decides.
  expect(Object.entries(built)).toEqual(expected)
})
