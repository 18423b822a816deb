import { join } from 'node:path'
import type { BrowserCommand } from 'vitest/node'
import type * as Served from './served-visitor.ts'

declare module 'vitest/browser' {
  interface BrowserCommands {
    /** Serves the page to a visitor until the run ends; the URL of the visitor. */
    servedVisitor: () => Promise<string>
  }
}

/** For a test in a page, which can serve nothing. */
export const servedVisitor: BrowserCommand = async ({ project }) => {
  const served = join(import.meta.dirname, 'served-visitor.ts')
  const { serveVisitor } = await project.import<typeof Served>(served)
  const server = await serveVisitor()
  project.vitest.onClose(() => server.close())
  return new URL('/visitor', server.url).href
}
