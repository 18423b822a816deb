import { createEventStore, fetchEventStream } from '@millrace/client'
import { scenario } from '@millrace/test-server/scenario'
import { readFileSync } from 'node:fs'
import { createEffect, createRoot } from 'solid-js'
import { mount, unmount } from 'svelte'
import { expect, test } from 'vitest'
import { play } from '../../test/support/remote.ts'
import Feed from './recipes/Feed.svelte'
import { live } from './recipes/solid.ts'

const numbers = Array.from({ length: 100 }, (_, n) => String(n))
const burst = scenario([
  { type: 'text', text: numbers.map((n) => `data: ${n}\n\n`).join('') },
  { type: 'hang' },
])
const storeOf = (url: string) => createEventStore((_: void, link) => fetchEventStream(url, link))

test('the Svelte recipe shows every event, and closes with the component', async () => {
  await using server = await play(burst)
  const feed = mount(Feed, { target: document.body, props: { store: storeOf(server.url) } })
  await expect.poll(() => document.body.textContent).toBe(`open ${numbers}`)
  await unmount(feed)

  expect((await server.closed()).exchanges).toMatchObject([{ state: 'aborted' }])
})

test('the Solid recipe shows every event, and closes with its owner', async () => {
  await using server = await play(burst)
  const seen: string[] = []
  const dispose = createRoot((dispose) => {
    const feed = live(storeOf(server.url))
    createEffect(() => seen.push(`${feed().phase} ${feed().history.map(({ data }) => data)}`))
    return dispose
  })
  await expect.poll(() => seen.at(-1)).toBe(`open ${numbers}`)
  expect(seen.length).toBeLessThanOrEqual(4)
  dispose()

  expect((await server.closed()).exchanges).toMatchObject([{ state: 'aborted' }])
})

test.each(['svelte', 'solid'])(
  'the %s recipe has fewer than 15 lines, imports and comment included',
  (name) => {
    const source = readFileSync(`${import.meta.dirname}/recipes/${name}.ts`, 'utf8')
    const lines = source.trimEnd().split('\n')
    expect(lines.length).toBeGreaterThan(5)
    expect(lines.length).toBeLessThan(15)
  },
)
