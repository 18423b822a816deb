import { expect, test } from 'vitest'
import { inChromium } from '../driver/app.ts'
import { developApp } from '../driver/develop-app.ts'
import { countedTo, numbersIn } from '../driver/numbers.ts'

const app = `
import { useEventSource, useEventStream } from '@millrace/client/react'
import { useEffect, useState } from 'react'

const inOrder = {
  initial: [] as readonly number[],
  reduce: (all: readonly number[], { data }: { data: string }) => [...all, Number(data)],
}

export function App() {
  const [clicks, setClicks] = useState(0)
  const feed = useEventSource('/api/feed', inOrder)
  const { data, outcome, start } = useEventStream({
    request: () => ({ url: '/api/answer?80', json: {}, until: '[DONE]' }),
    ...inOrder,
  })
  useEffect(() => start(), [start])
  return (
    <>
      <button onClick={() => setClicks(clicks + 1)}>Click</button>
      <p data-testid="feed">{feed.data.join()}</p>
      <p data-testid="answer">{data.join()}</p>
      <p role="status">version 1, clicks {clicks}, {outcome?.type}</p>
    </>
  )
}
`

test('a React component that is edited while it receives keeps its connections and what has come', async () => {
  const dev = await developApp(import.meta.dirname, { 'src/app.tsx': app })
  await using chromium = await inChromium(dev)
  const page = await chromium.open()
  // First the feed: two requests at once come in any order.
  await numbersIn(page.getByTestId('feed'), 0)
  await page.getByRole('button').click()
  const before = await numbersIn(page.getByTestId('answer'), 2)
  await dev.edit('src/app.tsx', 'version 1', 'version 2')
  await page.getByText('version 2, clicks 1, complete').waitFor()

  const feed = await numbersIn(page.getByTestId('feed'), before.length)
  expect(feed).toEqual(countedTo(feed.length))
  expect(await numbersIn(page.getByTestId('answer'), 0)).toEqual(countedTo(80))
  expect(dev.api).toMatchObject({ asked: ['GET', 'POST'], open: 1 })
})
