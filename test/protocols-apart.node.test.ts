import { basename } from 'node:path'
import { build, type Plugin } from 'esbuild'
import { expect, test } from 'vitest'
import * as entry from '@millrace/client/protocols'
import { root } from '../scripts/root.ts'
import { modulesBundled } from './support/modules-bundled.ts'

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

/** Each protocol is an entry of its own, whose module imports just that. */
const importing: Plugin = {
  name: 'importing',
  setup(building) {
    building.onResolve({ filter: /^only:/ }, ({ path }) => ({ path: path.slice(5), namespace: 'only' }))
    building.onLoad({ filter: /./, namespace: 'only' }, ({ path }) => ({
      contents: `export { ${path} } from '@millrace/client/protocols'`,
      resolveDir: root,
    }))
  },
}
const { metafile } = await build({
  ...modulesBundled,
  entryPoints: Object.fromEntries(Object.keys(modules).map((name) => [name, `only:${name}`])),
  plugins: [importing],
  platform: 'browser',
  absWorkingDir: root,
})

/** The modules of protocols that have anything in the bundle which imports just this. */
function protocolsWith(name: string): string[] {
  return Object.entries(metafile.outputs[`nowhere/${name}.js`]?.inputs ?? {})
    .filter(([path, { bytesInOutput }]) => path.includes('/src/protocols/') && bytesInOutput > 0)
    .map(([path]) => basename(path))
}

test('every protocol is looked at below', () => {
  const presets = Object.keys(entry).filter(
    (name) => !/^(chatGet|lastEventId.*|openaiBackground)$/.test(name),
  )
  expect(presets.toSorted()).toEqual(Object.keys(modules).toSorted())
})

test.each(Object.entries(modules))('a bundle with %s has no other protocol in it', (name, own) => {
  expect(protocolsWith(name)).toEqual(own)
})
