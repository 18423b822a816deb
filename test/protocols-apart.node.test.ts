import { basename } from 'node:path'
import { build } from 'esbuild'
import { expect, test } from 'vitest'
import * as entry from '@millrace/client/protocols'
import { root } from '../scripts/root.ts'

/** The modules of protocols that have anything in a bundle which imports just this. */
async function protocolsWith(name: string): Promise<string[]> {
  const { metafile } = await build({
    stdin: { contents: `export { ${name} } from '@millrace/client/protocols'`, resolveDir: root },
    conditions: ['@millrace/source'],
    platform: 'browser',
    format: 'esm',
    bundle: true,
    write: false,
    metafile: true,
    outfile: 'bundle.js',
  })
  return Object.entries(metafile.outputs['bundle.js']?.inputs ?? {})
    .filter(([path, { bytesInOutput }]) => path.includes('/src/protocols/') && bytesInOutput > 0)
    .map(([path]) => basename(path))
}

const modules: Readonly<Record<string, readonly string[]>> = {
  aiSdkUi: ['ai-sdk-ui.ts'],
  anthropicMessages: ['named.ts', 'anthropic-messages.ts'],
  gemini: ['gemini.ts'],
  mcp: ['mcp.ts'],
  mercure: ['mercure.ts'],
  openaiChat: ['openai-chat.ts'],
  openaiCompatible: ['openai-compatible.ts'],
  openaiResponses: ['named.ts', 'openai-responses-output.ts', 'openai-responses.ts'],
  // It is OpenAI's, with comments and an error of its own.
  openRouter: ['openai-chat.ts', 'openrouter.ts'],
}

test('every protocol is looked at below', () => {
  const presets = Object.keys(entry).filter(
    (name) => !/^(chatGet|lastEventId.*|openaiBackground)$/.test(name),
  )
  expect(presets.toSorted()).toEqual(Object.keys(modules).toSorted())
})

test.each(Object.entries(modules))('a bundle with %s has no other protocol in it', async (name, own) => {
  expect(await protocolsWith(name)).toEqual(own)
})
