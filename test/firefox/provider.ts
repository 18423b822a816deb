import { defineBrowserProvider } from '@vitest/browser'
import { launch, type Browser, type Page } from 'puppeteer-core'
import type { BrowserProvider, BrowserProviderOption } from 'vitest/node'

declare module 'vitest/browser' {
  interface BrowserCommands {
    __vitest_viewport: () => Promise<void>
  }
}

/** Drives an installed Firefox by WebDriver BiDi, which Playwright does only for a Firefox of its own. */
export function firefox(executablePath: string): BrowserProviderOption {
  return defineBrowserProvider({
    name: 'puppeteer-firefox',
    supportedBrowser: ['firefox'],
    providerFactory(project) {
      // Vitest's page asks for it before each test; the size of the window is nothing that our tests look at.
      project.browser?.registerCommand('__vitest_viewport', async () => {})
      return new Firefox(executablePath)
    },
  })
}

class Firefox implements BrowserProvider {
  readonly name = 'puppeteer-firefox'
  readonly supportsParallelism = false
  readonly #path: string
  #browser: Promise<Browser> | null = null
  readonly #pages = new Map<string, Page>()

  constructor(path: string) {
    this.#path = path
  }

  getCommandsContext(sessionId: string): Record<string, unknown> {
    return { page: this.#pages.get(sessionId) }
  }

  async openPage(sessionId: string, url: string): Promise<void> {
    this.#browser ??= launch({ browser: 'firefox', executablePath: this.#path, headless: true })
    const page = await (await this.#browser).newPage()
    this.#pages.set(sessionId, page)
    await page.goto(url)
  }

  async close(): Promise<void> {
    await (await this.#browser)?.close()
    this.#browser = null
  }
}
