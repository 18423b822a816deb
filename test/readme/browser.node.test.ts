import { serve, type Scenario, type TestServer } from '@millrace/test-server'
import type { Browser, Page } from 'playwright'
import { afterAll, beforeAll, test } from 'vitest'
import { launchChromium, withoutBrowser as skip } from '../support/chromium.ts'
import { blockFor } from './blocks.ts'
import { bundle } from './bundle.ts'

let browser: Browser
beforeAll(async () => {
  if (!skip) browser = await launchChromium()
}, 60_000)
afterAll(() => browser?.close())

const page: Scenario = {
  replies: [
    {
      steps: [
        { type: 'headers', headers: { 'content-type': 'text/html' } },
        { type: 'text', text: '<!doctype html><title>none</title><main id="app"></main>' },
      ],
    },
  ],
}

/** Runs the block under a heading in a page whose server plays these scenarios. */
async function inPage(
  heading: string,
  scenarios: Readonly<Record<string, Scenario>>,
  look: (page: Page, server: TestServer) => Promise<void>,
): Promise<void> {
  await using server = await serve({ '/': page, ...scenarios })
  const opened = await browser.newPage()
  await opened.goto(server.url)
  const content = await bundle(blockFor(heading, new URL(server.url).origin), 'browser')
  await opened.addScriptTag({ type: 'module', content })
  await look(opened, server)
  await opened.close()
}

test.skipIf(skip)('the README shows prices in a page, over a drop, and says what ended them', async () => {
  const price = (id: string, data: string) => ({ event: 'price', id, data })
  const prices: Scenario = {
    log: [price('1', '100'), price('2', '101')],
    replies: [
      {
        on: { request: 1, headers: { 'x-desk': '7' } },
        steps: [
          { type: 'event', retry: 500, ...price('1', '100') },
          { type: 'gate', name: 'shown' },
          { type: 'reset' },
        ],
      },
      { on: { request: 2, resumed: true }, steps: [{ type: 'replay' }, { type: 'gate', name: 'shown' }] },
      { steps: [{ type: 'status', status: 410 }] },
    ],
  }
  await inPage('A browser', { '/prices': prices }, async (opened, server) => {
    for (const title of ['100 (1)', '101 (2)']) {
      await opened.waitForFunction((expected) => document.title === expected, title)
      server.at('/prices').release('shown')
    }
    await opened.waitForFunction(() => document.title.includes('410'))
  })
})
