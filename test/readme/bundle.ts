import { join } from 'node:path'
import { build } from 'esbuild'
import { root } from '../../scripts/root.ts'
import type { Block } from './blocks.ts'

/** Where an import finds what an app would have installed: the client, React, Vue. */
const clientPackage = join(root, 'packages/client')

/** One module out of a code block and all that it imports. */
export async function bundle({ code, language }: Block, platform: 'node' | 'browser'): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents: code, loader: language === 'tsx' ? 'tsx' : 'ts', resolveDir: clientPackage },
    conditions: ['@millrace/source'],
    platform,
    format: 'esm',
    jsx: 'automatic',
    bundle: true,
    write: false,
  })
  return outputFiles.map(({ text }) => text).join('')
}
