import { fetchEventStream } from '@millrace/client'
import { scenario } from '@millrace/test-server'
import { handlers } from '@millrace/test-server/msw'
import { http, HttpResponse } from 'msw'
import { setupServer } from 'msw/node'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'

const url = 'https://api.example.com/chat'
const server = setupServer()
beforeAll(() => server.listen({ onUnhandledFrame: 'error' }))
afterEach(() => server.resetHandlers())
afterAll(() => server.close())

test('an answer that comes at once', async () => {
  const headers = { 'content-type': 'text/event-stream' }
  server.use(http.post(url, () => new HttpResponse('data: Hello\n\ndata: [DONE]\n\n', { headers })))

  const outcome = await fetchEventStream(url, { json: {}, until: '[DONE]' }).done()
  expect(outcome.type).toBe('complete')
})

test('an answer that breaks off', async () => {
  const mock = handlers(scenario([{ type: 'event', data: 'Hel' }, { type: 'reset' }]), url)
  server.use(...mock.handlers)

  const outcome = await fetchEventStream(url, { json: { question: 'Hi?' }, until: '[DONE]' }).done()
  expect(outcome).toMatchObject({ type: 'network', events: 1 })
  expect(mock.requests.map(({ body }) => body)).toEqual(['{"question":"Hi?"}'])
})
