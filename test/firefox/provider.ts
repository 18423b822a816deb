import { launch } from 'puppeteer-core'
import type { BrowserProviderOption } from 'vitest/node'
import { pagesIn } from '../setup/page-provider.ts'

/** Drives an installed Firefox by WebDriver BiDi, which Playwright does only for a Firefox of its own. */
export function firefox(executablePath: string): BrowserProviderOption {
  return pagesIn({
    browser: 'firefox',
    sideBySide: false,
    start: async () => {
      const browser = await launch({ browser: 'firefox', executablePath, headless: true })
      return {
        open: async (url) => {
          const page = await browser.newPage()
          await page.goto(url)
        },
        close: () => browser.close(),
      }
    },
  })
}
