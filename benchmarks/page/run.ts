/**
 * The class and the stream in a page, beside the browser's own class and eventsource 5, in the browsers that are
 * installed: `pnpm bench page`, 7 rounds of 100,000 events unless given, after two that do not count;
 * `--only Firefox`.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { build } from 'esbuild'
import type { Browser } from 'puppeteer-core'
import { argumentsOf } from '../method/arguments.ts'
import { buildPackages } from '../method/build.ts'
import { figuresOf, type Figures, type Goal } from '../../scripts/figures/figures.ts'
import { startFlood } from '../method/flood.ts'
import { interleaved, pick } from '../method/interleaved.ts'
import { publish } from '../method/publish.ts'
import { browsers, inFreshPage } from './browsers.ts'
import { idleHeap } from './idle-heap.ts'

const { rounds, events, only, keep } = argumentsOf({ rounds: 7, events: 100_000 })
const own = 'EventSource'
const native = 'native EventSource'
const baseline = 'eventsource 5'
const contestants = [own, native, baseline, 'fetchEventStream', 'bare fetch']

const goals: Readonly<Record<string, { readonly flood: readonly Goal[]; readonly block: readonly Goal[] }>> =
  {
    Chromium: {
      flood: [
        { of: own, type: 'times', than: native, atLeast: 1.3 },
        { of: own, type: 'times', than: baseline, atLeast: 2 },
        { of: 'fetchEventStream', type: 'times', than: native, atLeast: 2.7 },
      ],
      block: [
        { of: own, type: 'value', atMost: 60 },
        { of: 'fetchEventStream', type: 'value', atMost: 60 },
      ],
    },
    Firefox: {
      flood: [
        { of: own, type: 'times', than: native, atLeast: 2 },
        { of: 'fetchEventStream', type: 'times', than: native, atLeast: 3.5 },
      ],
      block: [
        { of: own, type: 'value', atMost: 50 },
        { of: 'fetchEventStream', type: 'value', atMost: 50 },
      ],
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
      publish('client', [...(await poured(browser, name)), ...(await held(browser, name))], keep)
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
  const { flood: asked = [], block = [] } = goals[name] ?? {}
  return [
    figuresOf(
      { name: `flood, ${name}`, unit: 'ns per event', baseline, goals: asked },
      pick(answers, ({ each }) => each),
    ),
    figuresOf(
      { name: `longest block of the page, ${name}`, unit: 'ms', baseline, goals: block },
      pick(answers, (answer) => answer.block),
    ),
  ]
}

/** Only Chromium tells what its heap holds. */
async function held(browser: Browser, name: string): Promise<Figures[]> {
  if (name !== 'Chromium') return []
  const answers = await interleaved(
    { name: `${name}, idle heap`, contestants, rounds: Math.min(3, rounds) },
    (contestant) => inFreshPage(browser, flood.origin, (page) => idleHeap(page, contestant, flood.origin)),
  )
  const subject = {
    name: `heap of an idle connection, ${name}`,
    unit: 'bytes',
    baseline,
    goals: [{ of: own, type: 'times', than: baseline, atLeast: 1 }],
  } as const
  return [
    figuresOf(
      subject,
      pick(answers, (bytes) => bytes),
    ),
  ]
}
