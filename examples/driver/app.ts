import { chromium as playwright, type BrowserContextOptions, type Page } from 'playwright'
import { chromium } from '../../scripts/system/chromium.ts'
import { find } from '../../scripts/system/find.ts'
import { thisMachine } from '../../scripts/system/this-machine.ts'
import { serveApp, type ServedApp } from './serve-app.ts'

/** An example that is served, and a Chromium to open it in. */
export interface RunningApp extends AsyncDisposable {
  open(options?: BrowserContextOptions): Promise<Page>
}

export async function runApp(root: string): Promise<RunningApp> {
  return inChromium(await serveApp(root))
}

/** Whatever serves it. */
export async function inChromium(app: ServedApp): Promise<RunningApp> {
  const found = find(chromium, thisMachine())
  const browser = await playwright.launch({
    ...(found.type === 'found' ? { executablePath: found.path } : {}),
    args: ['--no-sandbox', '--disable-gpu'],
  })
  return {
    open: async (options) => {
      const page = await browser.newPage(options)
      await page.goto(app.url)
      return page
    },
    [Symbol.asyncDispose]: async () => {
      await browser.close()
      await app[Symbol.asyncDispose]()
    },
  }
}
