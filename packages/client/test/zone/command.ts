import type { BrowserCommand } from 'vitest/node'

declare module 'vitest/browser' {
  interface BrowserCommands {
    /** The stories as a script for a page that loads zone.js first; `more` is written under them. */
    bundledStories: (more: string) => Promise<string>
  }
}

/** For tests in a page, which have nothing to bundle with. */
export const bundledStories: BrowserCommand<[more: string]> = async (_, more) =>
  (await import('./bundle.ts')).bundleStories('browser', more)
