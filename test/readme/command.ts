import type { BrowserCommand } from 'vitest/node'

declare module 'vitest/browser' {
  interface BrowserCommands {
    /** The README's block under a heading as one module that asks this URL; `mount` is written under it. */
    bundledBlock: (heading: string, url: string, mount?: string) => Promise<string>
  }
}

/** For tests in a page: they have no files to read and nothing to bundle with. */
export const bundledBlock: BrowserCommand<[heading: string, url: string, mount?: string]> = async (
  _,
  heading,
  url,
  mount,
) => {
  const [{ blockFor }, { bundle }] = await Promise.all([import('./blocks.ts'), import('./bundle.ts')])
  return bundle(blockFor(heading, url), 'browser', mount)
}
