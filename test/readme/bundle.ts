import { join } from 'node:path'
import { build } from 'esbuild'
import { root } from '../../scripts/root.ts'
import type { Block } from './blocks.ts'
import { compileVue } from './compile-vue.ts'

/** Where an import finds what an app would have installed: the client, React, Vue. */
const clientPackage = join(root, 'packages/client')

/** One module out of a code block and all that it imports; `more` is written under the block. */
export async function bundle(block: Block, platform: 'node' | 'browser', more = ''): Promise<string> {
  const code = block.language === 'vue' ? await compileVue(block.code) : block.code
  const { outputFiles } = await build({
    stdin: {
      contents: `${code}\n${more}`,
      loader: block.language === 'tsx' ? 'tsx' : 'ts',
      resolveDir: clientPackage,
    },
    conditions: ['@millrace/source'],
    platform,
    format: 'esm',
    jsx: 'automatic',
    define: { 'process.env.NODE_ENV': '"production"' },
    bundle: true,
    write: false,
  })
  return outputFiles.map(({ text }) => text).join('')
}
