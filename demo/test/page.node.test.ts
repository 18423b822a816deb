import type { TestServer } from '@millrace/test-server'
import type { Browser, Page } from 'playwright'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { launchChromium, withoutBrowser as skip } from '../../test/support/chromium.ts'
import { pieces } from '../answer.ts'
import { pageScenarios, serveForPage } from '../page/scenarios.ts'

// Programs of their own, which a busy machine starts slowly.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

let server: TestServer
let browser: Browser

beforeAll(async () => {
  if (skip) return
  browser = await launchChromium()
  server = await serveForPage({}, 0)
  for (const [path, scenario] of Object.entries(await pageScenarios(server, 20))) server.add(path, scenario)
})

afterAll(async () => {
  await browser?.close()
  await server?.close()
})

const tokens = (page: Page, atLeast: number) =>
  page.waitForFunction((count) => document.querySelectorAll('#strip .come').length >= count, atLeast, {
    polling: 100,
  })

async function facts(page: Page): Promise<Record<string, string>> {
  const names = await page.locator('#facts dt').allInnerTexts()
  const values = await page.locator('#facts dd').allInnerTexts()
  return Object.fromEntries(names.map((name, index) => [name, values[index] ?? '']))
}

test.skipIf(skip)(
  'the page survives its cut-me button twice, and asks again when it is told to',
  async () => {
    const page = await browser.newPage({ reducedMotion: 'reduce' })
    const broken: string[] = []
    page.on('pageerror', (error) => broken.push(error.message))
    await page.goto(new URL('/', server.url).href)

    for (const heard of [10, 30]) {
      await tokens(page, heard)
      await page.click('#cut')
      await page.getByText(/^waiting \d\.\d s$/).waitFor()
      await page.getByText(/^resumed at id \d+$/).waitFor()
    }
    await page.locator('#again:enabled').waitFor()

    expect(await page.locator('#answer').textContent()).toBe(pieces.join(''))
    expect(await facts(page)).toMatchObject({
      sent: String(pieces.length),
      received: String(pieces.length),
      lost: '0',
      duplicated: '0',
      'cuts survived': '2',
      outcome: 'complete',
    })

    await page.click('#again')
    await page.locator('#again:disabled').waitFor()
    await tokens(page, 5)
    expect(broken).toEqual([])
  },
)
