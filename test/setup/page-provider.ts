import { defineBrowserProvider } from '@vitest/browser'
import type { BrowserProvider, BrowserProviderOption } from 'vitest/node'

declare module 'vitest/browser' {
  interface BrowserCommands {
    __vitest_viewport: () => Promise<void>
  }
}

/** A browser that is running. */
export interface PageOpener {
  open(url: string): Promise<void>
  close(): Promise<void>
}

interface Installed {
  readonly browser: string
  /** It can show several pages at once, none of which is hidden. */
  readonly sideBySide: boolean
  /** Called when the first page is to be opened. */
  readonly start: () => Promise<PageOpener>
}

/** Opens the runner's pages in an installed browser, and that is all: no test asks the browser for more. */
export function pagesIn(installed: Installed): BrowserProviderOption {
  return defineBrowserProvider({
    name: installed.browser,
    supportedBrowser: [installed.browser],
    providerFactory(project) {
      // Vitest's page asks for it before each file; the size of the window is nothing that our tests look at.
      project.browser?.registerCommand('__vitest_viewport', async () => {})
      return new Provider(installed)
    },
  })
}

class Provider implements BrowserProvider {
  readonly name: string
  readonly supportsParallelism: boolean
  readonly #start: Installed['start']
  #running: Promise<PageOpener> | null = null

  constructor({ browser, sideBySide, start }: Installed) {
    this.name = browser
    this.supportsParallelism = sideBySide
    this.#start = start
  }

  getCommandsContext(): Record<string, unknown> {
    return {}
  }

  async openPage(_session: string, url: string): Promise<void> {
    this.#running ??= this.#start()
    await (await this.#running).open(url)
  }

  async close(): Promise<void> {
    const running = await this.#running
    this.#running = null
    await running?.close()
  }
}
