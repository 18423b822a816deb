import { serve, type Scenario, type TestServer } from '@millrace/test-server'
import type { Browser, Page } from 'playwright'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { launchChromium, withoutBrowser as skip } from '../support/chromium.ts'
import { blockFor } from './blocks.ts'
import { bundle } from './bundle.ts'

// Programs of their own, which a busy machine starts slowly.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

let browser: Browser
beforeAll(async () => {
  if (!skip) browser = await launchChromium()
})
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
  mount?: string,
): Promise<void> {
  await using server = await serve({ '/': page, ...scenarios })
  const opened = await browser.newPage()
  await opened.goto(server.url)
  const content = await bundle(blockFor(heading, new URL(server.url).origin), 'browser', mount)
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

const answer: Scenario = {
  replies: [
    {
      on: { method: 'POST' },
      steps: [
        { type: 'event', data: 'A channel' },
        { type: 'gate', name: 'shown' },
        { type: 'event', data: ' for water.' },
        { type: 'event', data: '[DONE]' },
      ],
    },
  ],
}

test.skipIf(skip)('the README shows an answer in React as it grows, to its end', async () => {
  await inPage(
    'React',
    { '/chat': answer },
    async (opened, server) => {
      await opened.getByText('idle').waitFor()
      await opened.getByText('Ask').click()
      await opened.getByText('A channel', { exact: true }).waitFor()
      await opened.getByText('open').waitFor()
      server.at('/chat').release('shown')
      await opened.getByText('A channel for water.', { exact: true }).waitFor()
      await opened.getByText('closed').waitFor()
      expect(server.at('/chat').requests[0]?.body).toBe('{"question":"What is a millrace?"}')
    },
    `import { createRoot } from 'react-dom/client'
     createRoot(document.querySelector('#app')).render(<Chat />)`,
  )
})

test.skipIf(skip)('the README shows prices in Vue', async () => {
  const prices: Scenario = {
    replies: [
      {
        steps: [
          { type: 'event', data: '100' },
          { type: 'gate', name: 'shown' },
          { type: 'event', data: '101' },
          { type: 'hang' },
        ],
      },
    ],
  }
  await inPage(
    'Vue',
    { '/prices': prices },
    async (opened, server) => {
      await opened.getByText('100').waitFor()
      server.at('/prices').release('shown')
      await opened.getByText('101').waitFor()
      await opened.getByText('open').waitFor()
    },
    `import { createApp } from 'vue'
     createApp(Component).mount('#app')`,
  )
})
