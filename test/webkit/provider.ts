import { defineBrowserProvider } from '@vitest/browser'
import type { BrowserProvider, BrowserProviderOption } from 'vitest/node'
import type { WebKitPrograms } from '../../scripts/system/webkit.ts'
import { WebKit } from './web-driver.ts'

/** Drives an installed WebKitGTK by WebDriver; Playwright does so only for a WebKit of its own. */
export function webkit(programs: WebKitPrograms): BrowserProviderOption {
  return defineBrowserProvider({
    name: 'webdriver-webkit',
    supportedBrowser: ['webkit'],
    providerFactory(project) {
      // Vitest's page asks for it before each test; the size of the window is nothing that our tests look at.
      project.browser?.registerCommand('__vitest_viewport', async () => {})
      return new Provider(programs)
    },
  })
}

class Provider implements BrowserProvider {
  readonly name = 'webdriver-webkit'
  readonly supportsParallelism = false
  readonly #programs: WebKitPrograms
  #browser: Promise<WebKit> | null = null

  constructor(programs: WebKitPrograms) {
    this.#programs = programs
  }

  getCommandsContext(): Record<string, unknown> {
    return {}
  }

  async openPage(_sessionId: string, url: string): Promise<void> {
    this.#browser ??= WebKit.open(this.#programs)
    await (await this.#browser).goTo(url)
  }

  async close(): Promise<void> {
    await (await this.#browser)?.[Symbol.asyncDispose]()
    this.#browser = null
  }
}
