import { launch, type Browser, type Page } from 'puppeteer-core'
import { chromium } from '../../scripts/system/chromium.ts'
import { find } from '../../scripts/system/find.ts'
import { firefox } from '../../scripts/system/firefox.ts'
import { thisMachine } from '../../scripts/system/this-machine.ts'

export interface Kind {
  readonly name: string
  start(): Promise<Browser>
}

/** Browsers that are installed here. */
export const browsers: readonly Kind[] = [
  { name: 'Chromium', start: () => launch({ ...at('Chromium'), args: ['--no-sandbox', '--disable-gpu'] }) },
  { name: 'Firefox', start: () => launch({ ...at('Firefox'), browser: 'firefox' }) },
]

function at(name: 'Chromium' | 'Firefox'): { executablePath: string; headless: true } {
  const need = name === 'Chromium' ? chromium : firefox
  const found = find(need, thisMachine())
  if (found.type !== 'found')
    throw new TypeError(`${name} was not found; ${need.variable} may say where it is`)
  return { executablePath: found.path, headless: true }
}

/** A page of its own for each measurement: nothing is compiled, and nothing left, of another contestant's. */
export async function inFreshPage<Answer>(
  browser: Browser,
  url: string,
  ask: (page: Page) => Promise<Answer>,
): Promise<Answer> {
  const page = await browser.newPage()
  try {
    await page.goto(url)
    return await ask(page)
  } finally {
    await page.close()
  }
}
