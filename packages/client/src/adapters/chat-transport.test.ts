import { chatTransport, type ChatTransportOptions } from '@millrace/client/adapters'
import { expect, test } from 'vitest'

/** How often a transport asks a server that knows nobody. */
async function askedOf(headers: ChatTransportOptions['headers']): Promise<number> {
  let asked = 0
  const transport = chatTransport({
    api: 'https://api.example/chat',
    headers,
    retry: { initialDelay: 0 },
    fetch: async () => {
      asked++
      return new Response('', { status: 401 })
    },
  })
  const submission = { chatId: 'c', trigger: 'submit-message', messages: [] }
  await expect(transport.sendMessages(submission)).rejects.toMatchObject({ code: 'http-status', status: 401 })
  return asked
}

test('chatTransport() asks once more after a 401 where a function makes its headers, and not where they would be the same', async () => {
  expect(await askedOf(async () => ({ authorization: 'Bearer fresh' }))).toBe(2)
  expect(await askedOf({ authorization: 'Bearer mill' })).toBe(1)
})
