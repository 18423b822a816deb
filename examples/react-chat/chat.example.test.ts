import type { Page } from 'playwright'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { runApp, type RunningApp } from '../driver/app.ts'
import { answerTo } from './answers.ts'

let app: RunningApp
beforeAll(async () => {
  process.env['PACE'] = '40'
  app = await runApp(import.meta.dirname)
}, 60_000)
afterAll(() => app[Symbol.asyncDispose]())

const question = 'What is a millrace?'
const whole = answerTo(question).join('')

const text = (page: Page) => page.getByTestId('text').innerText()

async function lengthOf(page: Page): Promise<number> {
  const shown = page.getByTestId('text')
  return (await shown.count()) === 0 ? 0 : (await shown.innerText()).length
}

async function ask(page: Page): Promise<void> {
  await page.getByLabel('Your question').fill(question)
  await page.keyboard.press('Enter')
  await page.getByText('the channel that leads').waitFor()
}

test('the chat shows a whole answer, typed and sent by keyboard alone', async () => {
  const page = await app.open()
  // The field gets the focus when the page opens.
  await page.locator('#prompt:focus').waitFor()
  await page.keyboard.type(question)
  await page.keyboard.press('Enter')
  await page.getByRole('status').filter({ hasText: 'Answering' }).waitFor()
  await page.getByRole('status').filter({ hasText: 'Complete' }).waitFor()

  expect(await text(page)).toBe(whole)
  await page.keyboard.press('Shift+Tab')
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('New chat')
})

test('the chat goes on after a cut, and after a second one, without losing or repeating a word', async () => {
  const page = await app.open()
  const requests: string[] = []
  page.on('request', (request) => {
    if (request.url().endsWith('/api/chat')) requests.push(request.method())
  })
  // The answer repeats the question: a long one leaves time for two cuts.
  const long = `${question} ${'Tell me all of it. '.repeat(30)}`.trim()
  await page.getByLabel('Your question').fill(long)
  await page.keyboard.press('Enter')
  for (let cuts = 0; cuts < 2; cuts++) {
    await page.getByRole('status').filter({ hasText: 'Answering' }).waitFor()
    // Words of this connection come: before that the server may have nothing to cut.
    const before = await lengthOf(page)
    await expect.poll(() => lengthOf(page)).toBeGreaterThan(before)
    await page.getByRole('button', { name: 'Cut me' }).click()
    await page.getByRole('status').filter({ hasText: 'Connection lost' }).waitFor()
  }
  await page.getByRole('status').filter({ hasText: 'Complete, over 3 connections' }).waitFor()

  expect(await text(page)).toBe(answerTo(long).join(''))
  expect(requests).toEqual(['POST', 'GET', 'GET'])
})

test('the chat goes on with a running answer after a reload, and keeps a whole one', async () => {
  const page = await app.open()
  await ask(page)
  await page.getByText('The part before the wheel').waitFor()
  await page.reload()
  await page.getByRole('status').filter({ hasText: 'Complete' }).waitFor()
  expect(await text(page)).toBe(whole)

  await page.reload()
  await page.getByRole('status').filter({ hasText: 'Complete' }).waitFor()
  expect(await text(page)).toBe(whole)
})

test('the chat stops when told, and keeps what came', async () => {
  const page = await app.open()
  await ask(page)
  await page.getByRole('button', { name: 'Stop' }).click()
  await page.getByRole('status').filter({ hasText: 'Stopped' }).waitFor()
  const kept = await text(page)

  expect(whole.startsWith(kept)).toBe(true)
  expect(kept.length).toBeGreaterThan(20)
  expect(await page.getByRole('button', { name: 'Stop' }).count()).toBe(0)
})

test('the chat says to a screen reader what it is', async () => {
  const page = await app.open()
  await ask(page)
  await page.getByRole('status').filter({ hasText: 'Complete' }).waitFor()

  expect(await page.locator('body').ariaSnapshot()).toBe(`- banner:
  - heading "Ask the miller" [level=1]
  - paragraph: "Answers over POST. Cut the connection, reload the page: nothing is lost."
  - button "New chat"
- main:
  - article "${question}":
    - paragraph: ${question}
    - paragraph: ${JSON.stringify(whole)}
    - status: Complete
- form "Ask":
  - text: Your question
  - textbox "Your question":
    - /placeholder: ${question}
  - button "Send" [disabled]`)
  expect(await page.getByTestId('text').getAttribute('aria-live')).toBe('polite')
})
