import type { Page } from 'playwright'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { contrast, findings, looks } from '../driver/accessibility.ts'
import { runApp, type RunningApp } from '../driver/app.ts'

let app: RunningApp
beforeAll(async () => {
  process.env['PACE'] = '40'
  app = await runApp(import.meta.dirname)
}, 60_000)
afterAll(() => app[Symbol.asyncDispose]())

const status = (page: Page, text: string) => page.getByRole('status').filter({ hasText: text }).waitFor()
const focused = (page: Page) =>
  page.evaluate(() => document.activeElement?.id || document.activeElement?.textContent)

test.each(looks)('axe finds nothing wrong with the chat in any of its states: %j', async (look) => {
  const page = await app.open(look)
  const found: (readonly string[])[] = []
  const judge = async () => found.push(await findings(page))

  await page.getByRole('region', { name: 'Suggestions' }).waitFor()
  await judge()
  await page.keyboard.type('What is a millrace?')
  await page.keyboard.press('Enter')
  await status(page, 'Answering')
  await judge()
  await page.getByRole('button', { name: 'Cut me' }).click()
  await status(page, 'Connection lost')
  await judge()
  await status(page, 'Complete')
  await judge()
  expect(found).toEqual([[], [], [], []])

  // What is no text: a field must be seen as one.
  expect(await contrast(page, '--edge', '--ground')).toBeGreaterThan(3)
  expect(await contrast(page, '--edge', '--card')).toBeGreaterThan(3)
})

test('the chat can be stopped and begun anew by keyboard, and the focus is never lost', async () => {
  const page = await app.open()
  await page.getByRole('button', { name: 'How much power' }).focus()
  await page.keyboard.press('Enter')
  expect(await focused(page)).toBe('prompt')
  await status(page, 'Answering')
  await page.keyboard.press('Shift+Tab')
  expect(await focused(page)).toBe('Cut me')
  await page.keyboard.press('Shift+Tab')
  expect(await focused(page)).toBe('Stop')
  await page.keyboard.press('Space')
  await status(page, 'Stopped')
  expect(await focused(page)).toBe('prompt')

  await page.keyboard.type('One line')
  await page.keyboard.press('Shift+Enter')
  await page.keyboard.type('and one more')
  expect(await page.getByRole('textbox').inputValue()).toBe('One line\nand one more')
  expect(await page.getByRole('article').count()).toBe(1)

  await page.keyboard.press('Shift+Tab')
  expect(await focused(page)).toBe('New chat')
  await page.keyboard.press('Enter')
  expect(await focused(page)).toBe('prompt')
  expect(await page.getByRole('article').count()).toBe(0)
})
