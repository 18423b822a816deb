import { createRequire } from 'node:module'
import type * as compiler from 'svelte/compiler'
import type { Plugin } from 'vitest/config'

/** Loaded with the first component, since every run loads this file; in one file, not in two hundred. */
const svelteCompiler = (): typeof compiler => createRequire(import.meta.url)('svelte/compiler')

/** Compiles components for tests; an app has Svelte's own plugin. */
export const svelte: Plugin = {
  name: 'svelte',
  transform(code, id) {
    if (!id.endsWith('.svelte')) return undefined
    const { js } = svelteCompiler().compile(code, { filename: id, generate: 'client', dev: false })
    return { code: js.code, map: null }
  },
}
