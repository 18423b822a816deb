import type { BrowserProviderOption } from 'vitest/node'
import type { WebKitPrograms } from '../../scripts/system/webkit.ts'
import { pagesIn } from '../setup/page-provider.ts'
import { WebKit } from './web-driver.ts'

/** Drives an installed WebKitGTK by WebDriver; Playwright does so only for a WebKit of its own. */
export function webkit(programs: WebKitPrograms): BrowserProviderOption {
  return pagesIn({
    browser: 'webkit',
    sideBySide: false,
    start: async () => {
      const browser = await WebKit.open(programs)
      return { open: (url) => browser.goTo(url), close: () => browser[Symbol.asyncDispose]() }
    },
  })
}
