import { expect, test } from 'vitest'
import { inChromium } from '../driver/app.ts'
import { developApp } from '../driver/develop-app.ts'
import { countedTo, numbersIn } from '../driver/numbers.ts'

const app = `
<script setup lang="ts">
import { useEventSource, useEventStream } from '@millrace/client/vue'

const script = 'script 1'
const inOrder = {
  initial: [] as readonly number[],
  reduce: (all: readonly number[], { data }: { data: string }) => [...all, Number(data)],
}
const { data: feed } = useEventSource('/api/feed', inOrder)
const { data: answer, phase, start } = useEventStream({
  request: () => ({ url: '/api/answer?9999', json: {}, until: '[DONE]' }),
  ...inOrder,
})
</script>

<template>
  <button @click="start()">Ask</button>
  <p data-testid="feed">{{ feed.join() }}</p>
  <p data-testid="answer">{{ answer.join() }}</p>
  <p role="status">{{ script }}, template 1, {{ phase }}</p>
</template>
`

test('a Vue component whose template is edited keeps its connections; one whose script is begins anew, and posts nothing', async () => {
  const dev = await developApp(import.meta.dirname, { 'src/app.vue': app })
  await using chromium = await inChromium(dev)
  const page = await chromium.open()
  // First the feed: two requests at once come in any order.
  await numbersIn(page.getByTestId('feed'), 0)
  await page.getByRole('button').click()
  const before = await numbersIn(page.getByTestId('answer'), 2)
  await dev.edit('src/app.vue', 'template 1', 'template 2')
  await page.getByText('script 1, template 2, open').waitFor()

  const after = await numbersIn(page.getByTestId('answer'), before.length)
  expect(after).toEqual(countedTo(after.length))
  expect(dev.api).toMatchObject({ asked: ['GET', 'POST'], open: 2 })

  await dev.edit('src/app.vue', 'script 1', 'script 2')
  await page.getByText('script 2, template 2, idle').waitFor()
  const feed = await numbersIn(page.getByTestId('feed'), 2)
  expect(feed).toEqual(countedTo(feed.length))
  expect(await page.getByTestId('answer').innerText()).toBe('')
  await expect.poll(() => dev.api.open).toBe(1)
  expect(dev.api.asked).toEqual(['GET', 'POST', 'GET'])
})
