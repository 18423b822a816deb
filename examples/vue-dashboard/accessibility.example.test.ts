import type { Page } from 'playwright'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { contrast, findings, looks } from '../driver/accessibility.ts'
import { runApp, type RunningApp } from '../driver/app.ts'

let app: RunningApp
beforeAll(async () => {
  app = await runApp(import.meta.dirname)
}, 60_000)
afterAll(() => app[Symbol.asyncDispose]())

const status = (page: Page, text: string) => page.getByRole('status').filter({ hasText: text }).waitFor()

test.each(looks)('axe finds nothing wrong with the dashboard in any of its states: %j', async (look) => {
  const page = await app.open(look)
  // The whole of the book: axe does not judge what is scrolled away.
  await page.addStyleTag({ content: '[role=log] { max-height: none !important }' })
  const found: (readonly string[])[] = []

  await status(page, 'Live')
  await page.getByRole('listitem').first().waitFor()
  found.push(await findings(page))
  await page.getByRole('button', { name: 'Cut me' }).click()
  await status(page, 'Connection lost')
  found.push(await findings(page))
  await page.getByRole('button', { name: 'Pause' }).click()
  await page.getByRole('searchbox').fill('no such note')
  await page.getByText('Nothing in the last minute.').waitFor()
  found.push(await findings(page))
  expect(found).toEqual([[], [], []])

  // What is no text: the lines of the plots, and that a field is seen as one.
  for (const color of ['--water', '--power', '--speed', '--edge']) {
    expect(await contrast(page, color, '--card')).toBeGreaterThan(3)
  }
})

test('the dashboard says to a screen reader what it is', async () => {
  const page = await app.open()
  await status(page, 'Live')
  await page.getByRole('button', { name: 'Pause' }).click()
  await page.getByRole('searchbox', { name: 'Filter' }).fill('no such note')
  const instruments = [
    ['Flow', 'l/s'],
    ['Power', 'kW'],
    ['Speed', 'turns/min'],
  ] as const
  const value = String.raw`\d+(\.\d+)?`
  const spoken = [
    /banner:/,
    /heading "The mill, live" \[level=1\]/,
    /status: Paused; still receiving/,
    /button "Pause" \[pressed\]/,
    /button "Cut me"/,
    /main:/,
    ...['Received', 'Missing', 'Connections'].flatMap((name) => [
      new RegExp(`term: ${name}`),
      new RegExp(`definition: "${value}"`),
    ]),
    /group "Instruments"/,
    ...instruments.map(([name]) => new RegExp(`checkbox "${name}" \\[checked\\]`)),
    ...instruments.flatMap(([name, unit]) => [
      new RegExp(`region "${name}"`),
      new RegExp(`heading "${name}" \\[level=2\\]`),
      new RegExp(`paragraph: ${value} ${unit}`),
      new RegExp(`img "${name}, last minute: between ${value} and ${value} ${unit}"`),
    ]),
    /region "Mill book"/,
    /heading "Mill book" \[level=2\]/,
    /searchbox "Filter": no such note/,
    /checkbox "Warnings only"/,
    /log "Notes, newest first"/,
    /paragraph: Nothing in the last minute\./,
  ]
  // In this order, and nothing that has a role beside it.
  const lines = (await page.locator('body').ariaSnapshot()).split('\n').map((line) => line.trim())
  const told = lines.filter((line) => !/^- (text:|paragraph:$|list$)/.test(line))
  expect(told).toEqual(spoken.map((line) => expect.stringMatching(line)))
})

test('the dashboard can be worked by keyboard, from its first control to its last', async () => {
  const page = await app.open()
  await status(page, 'Live')
  const names: (string | null)[] = []
  for (let n = 0; n < 8; n++) {
    await page.keyboard.press('Tab')
    names.push(
      await page.evaluate(() => {
        const element = document.activeElement
        const label = element instanceof HTMLInputElement ? element.labels?.[0]?.textContent : undefined
        return (label ?? element?.ariaLabel ?? element?.textContent ?? '').trim()
      }),
    )
  }
  expect(names).toEqual([
    'Pause',
    'Cut me',
    'Flow',
    'Power',
    'Speed',
    'Filter',
    'Warnings only',
    'Notes, newest first',
  ])
})
