import { chromium as playwright, type Browser, type BrowserContextOptions, type Page } from 'playwright'
import { build, preview } from 'vite'
import { chromium } from '../../scripts/system/chromium.ts'
import { find } from '../../scripts/system/find.ts'
import { thisMachine } from '../../scripts/system/this-machine.ts'

/** An example as its users get it: built, served with its backend, open in a browser. */
export interface RunningApp extends AsyncDisposable {
  readonly url: string
  readonly browser: Browser
  open(options?: BrowserContextOptions): Promise<Page>
}

/** Builds the example in this folder, serves it and starts a browser. */
export async function runApp(root: string): Promise<RunningApp> {
  await build({ root, logLevel: 'warn' })
  const server = await preview({ root, logLevel: 'warn', preview: { port: 0, host: '127.0.0.1' } })
  const found = find(chromium, thisMachine())
  const browser = await playwright.launch({
    ...(found.type === 'found' ? { executablePath: found.path } : {}),
    args: ['--no-sandbox', '--disable-gpu'],
  })
  const url = server.resolvedUrls?.local[0] ?? ''
  return {
    url,
    browser,
    open: async (options) => {
      const page = await browser.newPage(options)
      await page.goto(url)
      return page
    },
    [Symbol.asyncDispose]: async () => {
      await browser.close()
      await server.close()
    },
  }
}
