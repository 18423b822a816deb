/**
 * How smooth a page stays that shows a fast feed: React with the browser's EventSource and setState, against
 * `useEventSource`. `pnpm frames [events a second] [seconds] [rounds]`
 */
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { cpus, loadavg } from 'node:os'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { chromium as playwright, type Browser } from 'playwright'
import { chromium } from '../../scripts/system/chromium.ts'
import { find } from '../../scripts/system/find.ts'
import { thisMachine } from '../../scripts/system/this-machine.ts'
import { table } from '../../scripts/figures/table.ts'
import { feedAt } from './feed.ts'
import { framesOf, type Frames } from './frames.ts'

const [rate = 10_000, seconds = 10, rounds = 3] = process.argv.slice(2).map(Number)
const warmUp = 2000
const say = (line: string) => process.stdout.write(`${line}\n`)

const { outputFiles } = await build({
  entryPoints: [fileURLToPath(new URL('page.tsx', import.meta.url))],
  conditions: ['@millrace/source'],
  define: { 'process.env.NODE_ENV': '"production"' },
  jsx: 'automatic',
  format: 'esm',
  bundle: true,
  minify: true,
  write: false,
})
const server = feedAt(rate, {
  '/': { type: 'text/html', body: '<!doctype html><script type="module" src="/page.js"></script>' },
  '/page.js': { type: 'text/javascript', body: outputFiles[0]?.text ?? '' },
})
await once(server.listen(0, '127.0.0.1'), 'listening')
const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
const found = find(chromium, thisMachine())
const browser = await playwright.launch({
  ...(found.type === 'found' ? { executablePath: found.path } : {}),
  args: ['--no-sandbox', '--disable-gpu'],
})

const results: Record<string, Frames[]> = { native: [], hook: [] }
for (let round = 0; round < rounds; round++) {
  for (const [variant, frames] of Object.entries(results)) frames.push(await measure(browser, variant))
}
const rows = Object.entries(results).map(([variant, frames]) => {
  const median = (of: (frames: Frames) => number) =>
    frames.map(of).toSorted((a, b) => a - b)[rounds >> 1] ?? 0
  return [
    variant === 'native' ? 'EventSource + setState' : 'useEventSource',
    median(({ perSecond }) => perSecond).toFixed(1),
    `${median(({ longest }) => longest).toFixed(0)} ms`,
    median(({ shown }) => shown).toFixed(0),
  ]
})
say(`${rate} events/s for ${seconds} s, history 1,000, median of ${rounds}; Chromium ${browser.version()}`)
say(`${cpus().length} × ${cpus()[0]?.model}, load ${loadavg()[0]?.toFixed(1)}, Node ${process.version}`)
say(table(['page', 'frames/s', 'longest frame', 'events shown'], rows))

await browser.close()
server.closeAllConnections()
server.close()

async function measure(browser: Browser, variant: string): Promise<Frames> {
  const page = await browser.newPage()
  await page.goto(`${url}#${variant}`)
  const frames = await page.evaluate(framesOf, { warmUp, length: seconds * 1000 })
  await page.close()
  return frames
}
