import type { Page } from 'playwright'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { runApp, type RunningApp } from '../driver/app.ts'

let app: RunningApp
beforeAll(async () => {
  app = await runApp(import.meta.dirname)
}, 60_000)
afterAll(() => app[Symbol.asyncDispose]())

const number = async (page: Page, name: string) => Number(await page.getByTestId(name).innerText())

async function live(page: Page): Promise<void> {
  await page.getByRole('status').filter({ hasText: 'Live' }).waitFor()
  await expect.poll(() => number(page, 'received'), { timeout: 10_000 }).toBeGreaterThan(600)
}

/** The pixels that a plot has drawn, as something to compare. */
const drawing = (page: Page) =>
  page
    .locator('.plot canvas')
    .first()
    .evaluate((canvas: HTMLCanvasElement) => canvas.toDataURL())

test('the dashboard shows the last minute at once, and draws on', async () => {
  const page = await app.open()
  await live(page)
  expect(await page.locator('.plot canvas').count()).toBe(3)
  const before = await drawing(page)
  await expect.poll(() => drawing(page)).not.toBe(before)
  await expect
    .poll(() => page.getByRole('img', { name: /^Flow, last minute: between \d+ and \d+ l\/s$/ }).count())
    .toBe(1)
})

test('the dashboard loses nothing when its connection is cut, twice', async () => {
  const page = await app.open()
  await live(page)
  for (const connections of [2, 3]) {
    await page.getByRole('button', { name: 'Cut me' }).click()
    await page.getByRole('status').filter({ hasText: 'Connection lost' }).waitFor()
    const before = await number(page, 'received')
    await expect.poll(() => number(page, 'connections'), { timeout: 10_000 }).toBe(connections)
    // What came in the meantime is more than what one tick brings.
    await expect.poll(() => number(page, 'received')).toBeGreaterThan(before + 5)
  }
  expect(await number(page, 'missing')).toBe(0)
})

test('the dashboard holds its picture while it is paused, and receives on', async () => {
  const page = await app.open()
  await live(page)
  await page.getByRole('button', { name: 'Pause' }).click()
  await page.getByRole('status').filter({ hasText: 'Paused' }).waitFor()
  const [picture, received] = [await drawing(page), await number(page, 'received')]
  await expect.poll(() => number(page, 'received')).toBeGreaterThan(received + 5)
  expect(await drawing(page)).toBe(picture)
  await page.getByRole('button', { name: 'Pause', pressed: true }).click()
  await expect.poll(() => drawing(page)).not.toBe(picture)
  expect(await number(page, 'missing')).toBe(0)
})

test('the dashboard filters its book by words and by level, and hides instruments, by keyboard', async () => {
  const page = await app.open()
  await live(page)
  const lines = page.getByRole('log').getByRole('listitem')
  await page.getByRole('searchbox', { name: 'Filter' }).focus()
  await page.keyboard.type('rake')
  await expect.poll(() => lines.filter({ hasNotText: /rake/i }).count()).toBe(0)
  expect(await lines.count()).toBeGreaterThan(0)
  await page.keyboard.press('Tab')
  await page.keyboard.press('Space')
  await expect.poll(() => lines.filter({ hasNotText: 'Leaves at the rake' }).count()).toBe(0)
  expect(await lines.count()).toBeGreaterThan(0)

  await page.getByRole('checkbox', { name: 'Power' }).focus()
  await page.keyboard.press('Space')
  await expect.poll(() => page.locator('.plot').count()).toBe(2)
  expect(await page.getByRole('region', { name: 'Power' }).count()).toBe(0)
})
