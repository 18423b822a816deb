import { build } from 'esbuild'
import { root } from '../../scripts/root.ts'
import type { Block } from './blocks.ts'

/** One module out of a code block and all that it imports. */
export async function bundle({ code, language }: Block, platform: 'node' | 'browser'): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents: code, loader: language === 'tsx' ? 'tsx' : 'ts', resolveDir: root },
    conditions: ['@millrace/source'],
    platform,
    format: 'esm',
    jsx: 'automatic',
    bundle: true,
    write: false,
  })
  return outputFiles.map(({ text }) => text).join('')
}
