import type { Page } from 'puppeteer-core'
import { spread } from '../../scripts/figures/statistics.ts'

/** A browser opens no more connections than these to one host. */
const perHost = 6
const warmUp = 12
const batch = 24
const batches = 9

/**
 * Bytes of V8's heap that one more idle connection holds, in Chromium. What the browser keeps outside of it is not
 * counted. The median of what batches of them add: code that is compiled on the way comes once, and is not theirs.
 */
export async function idleHeap(page: Page, contestant: string, origin: string): Promise<number> {
  const { port } = new URL(origin)
  // Each name under localhost is this machine, and a host of its own.
  const urls = Array.from(
    { length: warmUp + batch * batches },
    (_, n) => `http://h${Math.floor(n / perHost)}.localhost:${port}/idle`,
  )
  const hold = (some: readonly string[]) =>
    page.evaluate((name, list) => globalThis.asked.hold(name, list), contestant, some)
  await hold(urls.splice(0, warmUp))
  const added: number[] = []
  for (let before = await heapOf(page); urls.length > 0;) {
    await hold(urls.splice(0, batch))
    const after = await heapOf(page)
    added.push((after - before) / batch)
    before = after
  }
  return spread(added).median
}

async function heapOf(page: Page): Promise<number> {
  const session = await page.createCDPSession()
  for (let times = 0; times < 4; times++) await session.send('HeapProfiler.collectGarbage')
  const { usedSize } = await session.send('Runtime.getHeapUsage')
  await session.detach()
  return usedSize
}
