import { launch } from 'puppeteer-core'
import { expect, test } from 'vitest'
import { find } from '../../scripts/system/find.ts'
import { firefox } from '../../scripts/system/firefox.ts'
import { thisMachine } from '../../scripts/system/this-machine.ts'
import { serveApp } from '../driver/serve-app.ts'
import { answerTo } from './answers.ts'

const found = find(firefox, thisMachine())
const without = found.type === 'found' ? '' : ' (not run: apt-get install firefox-esr)'

test.skipIf(found.type !== 'found')(
  `the chat goes on after a cut in Firefox, too, without losing or repeating a word${without}`,
  async () => {
    await using app = await serveApp(import.meta.dirname)
    const browser = await launch({
      browser: 'firefox',
      ...(found.type === 'found' ? { executablePath: found.path } : {}),
    })
    try {
      const page = await browser.newPage()
      await page.goto(app.url)
      const question = 'What is a millrace?'
      const field = await page.waitForSelector('#prompt')
      await field?.type(question)
      await field?.press('Enter')
      // By keyboard: the button moves down while the answer grows, and a mouse would have to follow it.
      await (await page.waitForSelector('.cut'))?.press('Enter')
      await page.locator('::-p-text(Connection lost.)').wait()
      await page.locator('::-p-text(Complete, over 2 connections)').wait()

      const text = await page.$eval('[data-testid=text]', (element) => element.textContent)
      expect(text).toBe(answerTo(question).join(''))
    } finally {
      await browser.close()
    }
  },
)
