import { expect, onTestFinished, test } from 'vitest'
import { inTurns, mayProbe } from './browser.ts'

function busy(ms: number): void {
  const until = performance.now() + ms
  while (performance.now() < until);
}

/** Counts tasks of the page, one after another, until it is stopped. */
function countTasks() {
  const counter = { tasks: 0, stop: () => port1.close() }
  const { port1, port2 } = new MessageChannel()
  port1.addEventListener('message', () => {
    counter.tasks++
    port2.postMessage(null)
  })
  port1.start()
  port2.postMessage(null)
  return counter
}

test('inTurns() lets one turn of microtasks happen between two calls', async () => {
  const seen: string[] = []
  let call = 0
  await inTurns(40, () => {
    const name = `${call++}`
    seen.push(name)
    void Promise.resolve().then(() => seen.push(`${name} settled`))
  })
  expect(seen).toEqual(Array.from({ length: 40 }, (_, n) => [`${n}`, `${n} settled`]).flat())
})

test('inTurns() makes room for the page when calls take their time, soon also after many quick ones', async () => {
  const counter = countTasks()
  const before: number[] = []
  let call = 0
  await inTurns(260, () => {
    before.push(counter.tasks)
    if (call++ >= 200) busy(3)
  })
  counter.stop()
  const together = new Map<number, number>()
  for (const tasks of before.slice(200 + 16)) together.set(tasks, (together.get(tasks) ?? 0) + 1)
  // Each task of ours ends with the call in which its 8 ms are over, the third. Some engines let another of ours pass
  // before the page's; without a look at the clock it would be 16 calls.
  expect(Math.max(...together.values())).toBeLessThan(16)
})

test('inTurns() makes room for the page in time when it is called again and again within one task', async () => {
  const counter = countTasks()
  const before: number[] = []
  for (let call = 0; call < 12; call++) {
    await inTurns(1, () => {
      before.push(counter.tasks)
      busy(2)
    })
    busy(2)
  }
  counter.stop()
  expect(new Set(before).size).toBeGreaterThan(1)
})

/** Whether a frame would probe its page's own origin, and another one. Its `before` runs first. */
async function probedByFrame({ sandbox = '', before = '' }): Promise<unknown> {
  const code = await (await fetch(new URL('./browser.ts', import.meta.url))).text()
  const frame = document.createElement('iframe')
  onTestFinished(() => frame.remove())
  if (sandbox !== '') frame.setAttribute('sandbox', sandbox)
  const told = new Promise<unknown>((resolve) => {
    const listener = ({ data, source }: MessageEvent) => source === frame.contentWindow && resolve(data)
    addEventListener('message', listener)
    onTestFinished(() => removeEventListener('message', listener))
  })
  const urls = JSON.stringify([`${location.origin}/feed`, 'http://somebody.else/feed'])
  // The module itself, not its URL: a sandboxed frame may not import that.
  frame.srcdoc = `<script>${before}</script><script type="module">
    ${code}
    parent.postMessage(${urls}.map((url) => mayProbe(new URL(url))), '*')
  </script>`
  document.body.append(frame)
  return told
}

test("mayProbe() asks about other origins than the page's, also in a frame without a location of its own", async () => {
  const urls = [`${location.origin}/feed`, 'http://somebody.else/feed', 'data:text/event-stream,']
  expect(urls.map((url) => mayProbe(new URL(url)))).toEqual([false, true, false])
  expect(await probedByFrame({})).toEqual([false, true])
})

test('mayProbe() asks about any origin in a sandboxed frame, which has none', async () => {
  expect(await probedByFrame({ sandbox: 'allow-scripts' })).toEqual([true, true])
})

test('mayProbe() takes no `origin` of a script for that of the realm', async () => {
  expect(await probedByFrame({ before: "const origin = 'http://somebody.else'" })).toEqual([false, true])
})
