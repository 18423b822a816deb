import type { BrowserProviderOption } from 'vitest/node'
import { pagesIn } from '../setup/page-provider.ts'
import { startChromium } from './process.ts'

/**
 * An installed Chromium. Playwright's provider has every request of the thousands that tests make reported to it,
 * which costs as much as the requests.
 */
export function chromium(executablePath: string): BrowserProviderOption {
  return pagesIn({ browser: 'chromium', sideBySide: true, start: () => startChromium(executablePath) })
}
