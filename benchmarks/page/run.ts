/**
 * The class and the stream in a page, beside the browser's own class and eventsource 5, in the browsers that are
 * installed: `pnpm bench page [rounds] [events]`, 7 rounds of 100,000 events unless given, after two that do not
 * count; `--only Firefox`, `--record` keeps the figures in docs/results. What is measured is what is published.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { build } from 'esbuild'
import type { Browser } from 'puppeteer-core'
import { argumentsOf } from '../method/arguments.ts'
import { buildPackages } from '../method/build.ts'
import { chart } from '../method/client-chart.ts'
import type { Figures, Goal } from '../../scripts/figures/figures.ts'
import { startFlood } from '../method/flood.ts'
import { interleaved, pick } from '../method/interleaved.ts'
import { record } from '../../scripts/figures/record.ts'
import { report } from '../../scripts/figures/report.ts'
import { browsers, inFreshPage } from './browsers.ts'
import { idleHeap } from './idle-heap.ts'

const { rounds, events, only, keep } = argumentsOf({ rounds: 7, events: 100_000 })
const contestants = ['EventSource', 'native EventSource', 'eventsource 5', 'fetchEventStream', 'bare fetch']

interface Goals {
  readonly class: readonly Goal[]
  readonly stream: readonly Goal[]
  readonly block: readonly Goal[]
}

const goals: Readonly<Record<string, Goals>> = {
  Chromium: {
    class: [
      { type: 'times', than: 'native EventSource', atLeast: 1.3 },
      { type: 'times', than: 'eventsource 5', atLeast: 2 },
    ],
    stream: [{ type: 'times', than: 'native EventSource', atLeast: 2.7 }],
    block: [{ type: 'value', atMost: 60 }],
  },
  Firefox: {
    class: [{ type: 'times', than: 'native EventSource', atLeast: 2 }],
    stream: [{ type: 'times', than: 'native EventSource', atLeast: 3.5 }],
    block: [{ type: 'value', atMost: 50 }],
  },
}

buildPackages()
const folder = await mkdtemp(join(tmpdir(), 'millrace-page-'))
const script = join(folder, 'page.js')
await build({
  entryPoints: [join(import.meta.dirname, 'page.ts')],
  outfile: script,
  bundle: true,
  minify: true,
  format: 'iife',
  platform: 'browser',
})
using flood = await startFlood(script)
try {
  for (const { name, start } of browsers.filter((browser) => browser.name.includes(only))) {
    const browser = await start()
    try {
      process.stdout.write(`${await browser.version()}, ${new Date().toISOString()}\n`)
      const figures = [...(await poured(browser, name)), ...(await held(browser, name))]
      for (const each of figures) process.stdout.write(report(each))
      if (keep) chart(record(figures))
    } finally {
      await browser.close()
    }
  }
} finally {
  await rm(folder, { recursive: true })
}

async function poured(browser: Browser, name: string): Promise<Figures[]> {
  const discarded = Math.min(2, rounds - 1)
  const answers = await interleaved({ name, contestants, rounds, discarded }, (contestant) =>
    inFreshPage(browser, flood.origin, (page) =>
      page.evaluate((who, count) => globalThis.asked.pour(who, count), contestant, events),
    ),
  )
  const found = pick(answers, ({ each }) => each)
  const asked = goals[name] ?? { class: [], stream: [], block: [] }
  const unit = 'ns per event'
  return [
    { name: `flood, ${name}`, unit, ours: 'EventSource', goals: asked.class, found },
    { name: `iteration, ${name}`, unit, ours: 'fetchEventStream', goals: asked.stream, found },
    {
      name: `longest block of the page, ${name}`,
      unit: 'ms',
      ours: 'EventSource',
      goals: asked.block,
      found: pick(answers, ({ block }) => block),
    },
  ]
}

/** Only Chromium tells what its heap holds. */
async function held(browser: Browser, name: string): Promise<Figures[]> {
  if (name !== 'Chromium') return []
  const found = await interleaved(
    { name: `${name}, idle heap`, contestants, rounds: Math.min(3, rounds) },
    (contestant) => inFreshPage(browser, flood.origin, (page) => idleHeap(page, contestant, flood.origin)),
  )
  return [
    {
      name: `heap of an idle connection, ${name}`,
      unit: 'bytes',
      ours: 'EventSource',
      goals: [{ type: 'times', than: 'eventsource 5', atLeast: 1 }],
      found: pick(found, (bytes) => bytes),
    },
  ]
}
