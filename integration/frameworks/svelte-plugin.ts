import { compile } from 'svelte/compiler'
import type { Plugin } from 'vitest/config'

/** Compiles components for tests; an app has Svelte's own plugin. */
export const svelte: Plugin = {
  name: 'svelte',
  transform(code, id) {
    if (!id.endsWith('.svelte')) return undefined
    return { code: compile(code, { filename: id, generate: 'client', dev: false }).js.code, map: null }
  },
}
