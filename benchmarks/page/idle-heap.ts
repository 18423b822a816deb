import type { Page } from 'puppeteer-core'

/** A browser opens no more connections than these to one host. */
const perHost = 6
const warmUp = 12
const connections = 180

/** Bytes of V8's heap that an idle connection holds, in Chromium. What the browser keeps outside of it is not counted. */
export async function idleHeap(page: Page, contestant: string, origin: string): Promise<number> {
  const { port } = new URL(origin)
  // Each name under localhost is this machine, and a host of its own.
  const urls = Array.from(
    { length: warmUp + connections },
    (_, n) => `http://h${Math.floor(n / perHost)}.localhost:${port}/idle`,
  )
  const hold = (some: readonly string[]) =>
    page.evaluate((name, list) => globalThis.asked.hold(name, list), contestant, some)
  await hold(urls.slice(0, warmUp))
  const before = await heapOf(page)
  await hold(urls.slice(warmUp))
  return ((await heapOf(page)) - before) / connections
}

async function heapOf(page: Page): Promise<number> {
  const session = await page.createCDPSession()
  for (let times = 0; times < 4; times++) await session.send('HeapProfiler.collectGarbage')
  const { usedSize } = await session.send('Runtime.getHeapUsage')
  await session.detach()
  return usedSize
}
