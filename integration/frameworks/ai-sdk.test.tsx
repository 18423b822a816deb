import { useChat } from '@ai-sdk/react'
import { chatTransport, type ChatTransportOptions } from '@millrace/client/adapters'
import { scenario, type Step } from '@millrace/test-server/scenario'
import type { ChatTransport, UIMessage, UIMessageChunk } from 'ai'
import { useMemo, type ReactNode } from 'react'
import { expect, expectTypeOf, test } from 'vitest'
import { mountReact } from '../../packages/client/test/support/mount-react.tsx'
import { play } from '../../test/support/remote.ts'

const chunk = (data: UIMessageChunk): Step => ({ type: 'event', data: JSON.stringify(data) })
const done: Step = { type: 'event', data: '[DONE]' }
const beginning: Step[] = [
  chunk({ type: 'start', messageId: 'm-1' }),
  chunk({ type: 'text-start', id: 't' }),
  chunk({ type: 'text-delta', id: 't', delta: 'Das ' }),
  chunk({ type: 'text-delta', id: 't', delta: 'Wasser ' }),
]
const rest: Step[] = [
  chunk({ type: 'text-delta', id: 't', delta: 'läuft' }),
  chunk({ type: 'text-end', id: 't' }),
  chunk({ type: 'finish' }),
  done,
]

interface ChatProps {
  readonly url: string
  readonly resume?: boolean
  readonly retry?: ChatTransportOptions['retry']
}

const soon = { initialDelay: 0 }

function Chat({ url, resume = false, retry = soon }: ChatProps): ReactNode {
  const transport = useMemo(
    () => chatTransport<UIMessageChunk>({ api: url, headers: { 'x-key': 'k' }, retry }),
    [url, retry],
  )
  const { messages, status, error, sendMessage, stop } = useChat({ id: 'chat-1', transport, resume })
  const texts = messages.map(
    ({ role, parts }) => `${role}:${parts.map((part) => ('text' in part ? part.text : '')).join('')}`,
  )
  return (
    <>
      <button onClick={() => void sendMessage({ text: 'Hi' })}>send</button>
      <button onClick={() => void stop()}>stop</button>
      <p>{`${status} ${texts} ${error}`}</p>
    </>
  )
}

test('chatTransport() is a ChatTransport of the AI SDK', () => {
  expectTypeOf(chatTransport<UIMessageChunk>()).toExtend<ChatTransport<UIMessage>>()
})

test('chatTransport() brings useChat an answer, and sends what the SDK asks for', async () => {
  await using server = await play(scenario([...beginning, ...rest]))
  using page = mountReact(<Chat url={server.url} />)
  await page.says('ready')
  page.click('send')
  await page.says('ready user:Hi,assistant:Das Wasser läuft undefined')

  const [request] = await server.requests(1)
  expect(request).toMatchObject({ method: 'POST', headers: { 'x-key': 'k' } })
  expect(JSON.parse(request?.body ?? '')).toMatchObject({
    id: 'chat-1',
    trigger: 'submit-message',
    messages: [{ role: 'user', parts: [{ type: 'text', text: 'Hi' }] }],
  })
})

test('chatTransport() goes on with an answer that is cut, without losing or repeating a word', async () => {
  await using server = await play({
    replies: [
      { on: { method: 'POST' }, steps: [...beginning, { type: 'gate', name: 'cut' }, { type: 'reset' }] },
      { on: { method: 'GET' }, steps: [...beginning, ...rest] },
    ],
  })
  using page = mountReact(<Chat url={server.url} />)
  await page.says('ready')
  page.click('send')
  await page.says('streaming user:Hi,assistant:Das Wasser ')
  await server.release('cut')
  await page.says('ready user:Hi,assistant:Das Wasser läuft undefined')

  const requests = await server.requests(2)
  expect(requests[1]).toMatchObject({ method: 'GET', headers: { 'x-key': 'k' } })
  expect(requests[1]?.url).toMatch(/\/chat-1\/stream$/)
})

test('chatTransport() tells useChat of a cut answer that cannot be gone on with', async () => {
  await using server = await play({
    replies: [
      { on: { method: 'POST' }, steps: [...beginning, { type: 'end' }] },
      { on: { method: 'GET' }, steps: [{ type: 'status', status: 204 }, { type: 'end' }] },
    ],
  })
  using page = mountReact(<Chat url={server.url} />)
  await page.says('ready')
  page.click('send')
  await page.says(/error user:Hi,assistant:Das Wasser  EventStreamError/)
})

test('chatTransport() tells useChat of a disconnect, so that it goes on when the page is shown again', async () => {
  await using server = await play({
    replies: [
      { on: { request: 1 }, steps: [{ type: 'status', status: 204 }, { type: 'end' }] },
      { on: { method: 'POST' }, steps: [...beginning, { type: 'gate', name: 'cut' }, { type: 'reset' }] },
      { on: { method: 'GET' }, steps: [...beginning, ...rest] },
    ],
  })
  using page = mountReact(<Chat url={server.url} resume retry={false} />)
  // First the SDK asks whether an answer is running.
  await server.closed()
  await page.says('ready')
  page.click('send')
  await page.says('streaming user:Hi,assistant:Das Wasser ')
  await server.release('cut')
  await page.says(/error user:Hi,assistant:Das Wasser  EventStreamError: network error/)
  document.dispatchEvent(new Event('visibilitychange'))
  await page.says('ready user:Hi,assistant:Das Wasser läuft undefined')
})

test('chatTransport() gives useChat the running answer after a reload', async () => {
  await using server = await play(scenario([...beginning, ...rest]))
  using page = mountReact(<Chat url={server.url} resume />)
  await page.says('ready assistant:Das Wasser läuft undefined')

  expect(await server.requests(1)).toMatchObject([{ method: 'GET' }])
})

test('chatTransport() tells useChat that nothing is running when the server answers 204', async () => {
  await using server = await play(scenario([{ type: 'status', status: 204 }, { type: 'end' }]))
  using page = mountReact(<Chat url={server.url} resume />)
  await server.closed()
  await page.says(/^sendstopready {2}undefined$/)
})

test('chatTransport() tells useChat that nothing is running when resume gives null', async () => {
  const transport = chatTransport<UIMessageChunk>({ api: 'http://a.test/', resume: () => null })

  expect(await transport.reconnectToStream({ chatId: 'chat-1' })).toBe(null)
})

test("chatTransport() closes the connection at useChat's stop, and keeps the text", async () => {
  await using server = await play(scenario([...beginning, { type: 'hang' }]))
  using page = mountReact(<Chat url={server.url} />)
  await page.says('ready')
  page.click('send')
  await page.says('streaming user:Hi,assistant:Das Wasser ')
  page.click('stop')
  await page.says('ready user:Hi,assistant:Das Wasser  undefined')

  expect((await server.closed()).exchanges).toMatchObject([{ state: 'aborted' }])
})
