import type { Scenario } from '@millrace/test-server/scenario'
import { expect, test } from 'vitest'
import { commands } from 'vitest/browser'
import { play, type Played } from '../support/remote.ts'

/** What stands on a page of its own. */
interface Page {
  readonly title: () => string
  readonly says: (text: string) => Promise<void>
  readonly click: (label: string) => void
}

/** Runs the block under a heading in a page of its own, where the server plays this scenario. */
async function inPage(
  heading: string,
  scenario: Scenario,
  look: (page: Page, server: Played) => Promise<void>,
  mount?: string,
): Promise<void> {
  await using server = await play(scenario)
  const frame = document.createElement('iframe')
  frame.srcdoc = '<!doctype html><title>none</title><main id="app"></main>'
  const loaded = new Promise((resolve) => frame.addEventListener('load', resolve))
  document.body.append(frame)
  await loaded
  const page = frame.contentDocument ?? expect.unreachable('a frame without a document')
  const script = page.createElement('script')
  script.type = 'module'
  script.textContent = await commands.bundledBlock(heading, server.url, mount)
  page.body.append(script)
  await look(
    {
      title: () => page.title,
      says: (text) => expect.poll(() => page.body.innerText).toContain(text),
      click: (label) => {
        const named = [...page.querySelectorAll('button')].filter((button) => button.innerText === label)
        expect(named).toHaveLength(1)
        for (const button of named) button.click()
      },
    },
    server,
  )
  frame.remove()
}

test('the README shows prices in a page, over a drop, and says what ended them', async () => {
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
  await inPage('A browser', prices, async (page, server) => {
    for (const title of ['100 (1)', '101 (2)']) {
      await expect.poll(page.title).toBe(title)
      await server.release('shown')
    }
    await expect.poll(page.title).toContain('410')
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

test('the README shows an answer in React as it grows, to its end', async () => {
  await inPage(
    'React',
    answer,
    async (page, server) => {
      await page.says('idle')
      page.click('Ask')
      await page.says('A channel\n')
      await page.says('open')
      await server.release('shown')
      await page.says('A channel for water.\n')
      await page.says('closed')
      const [request] = await server.requests()
      expect(request?.body).toBe('{"question":"What is a millrace?"}')
    },
    `import { createRoot } from 'react-dom/client'
     createRoot(document.querySelector('#app')).render(<Chat />)`,
  )
})

test('the README shows prices in Vue', async () => {
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
    prices,
    async (page, server) => {
      await page.says('100')
      await server.release('shown')
      await page.says('101')
      await page.says('open')
    },
    `import { createApp } from 'vue'
     createApp(Component).mount('#app')`,
  )
})
