import { defineBrowserProvider } from '@vitest/browser'
import type { BrowserProvider, BrowserProviderOption } from 'vitest/node'
import { startChromium, type ChromiumProcess } from './process.ts'

/**
 * Opens pages in an installed Chromium, and that is all: no test asks the browser for more. Playwright's provider
 * has every request of the thousands that tests make reported to it, which costs as much as the requests.
 */
export function chromium(executablePath: string): BrowserProviderOption {
  return defineBrowserProvider({
    name: 'chromium',
    supportedBrowser: ['chromium'],
    providerFactory(project) {
      // Vitest's page asks for it before each file; the size of the window is nothing that our tests look at.
      project.browser?.registerCommand('__vitest_viewport', async () => {})
      return new Chromium(executablePath)
    },
  })
}

class Chromium implements BrowserProvider {
  readonly name = 'chromium'
  readonly supportsParallelism = true
  readonly #path: string
  #browser: Promise<ChromiumProcess> | null = null

  constructor(path: string) {
    this.#path = path
  }

  getCommandsContext(): Record<string, unknown> {
    return {}
  }

  async openPage(_session: string, url: string): Promise<void> {
    this.#browser ??= startChromium(this.#path)
    await (await this.#browser).open(url)
  }

  async close(): Promise<void> {
    const browser = await this.#browser
    this.#browser = null
    await browser?.close()
  }
}
