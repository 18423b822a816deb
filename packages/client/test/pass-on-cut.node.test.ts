import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { collect, fetchEventStream, toResponse, type ResponseOptions } from '@millrace/client'
import { openaiChat } from '@millrace/client/protocols'
import { scenario, serve, type Step } from '@millrace/test-server'
import { expect, onTestFinished, test } from 'vitest'

const said = ['It ', 'turns ', 'by ', 'water']
const chunk = (content: string) => `data: {"choices":[{"index":0,"delta":{"content":"${content}"}}]}\n\n`
const failed = 'data: {"error":{"message":"The server had an error"}}\n\n'

/** A route on a socket that passes on what this upstream says. */
async function routeTo(steps: Step[], options: ResponseOptions = {}): Promise<string> {
  const upstream = await serve(scenario(steps))
  const server = createServer((_, reply) => {
    const passOn = async () => {
      const stream = fetchEventStream(upstream.url, { protocol: openaiChat, json: {} })
      const { status, headers, body } = await toResponse(stream, options)
      reply.writeHead(status, Object.fromEntries(headers))
      await pipeline(body ?? Readable.from([]), reply)
    }
    passOn().catch(() => reply.destroy())
  })
  onTestFinished(async () => {
    server.close()
    await upstream.close()
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

test.each<[string, Step[]]>([
  ['an error that came with it', [{ type: 'text', text: [...said.map(chunk), failed].join('') }]],
  ['an event that is too strange', [{ type: 'text', text: [...said.map(chunk), 'data: {\n\n'].join('') }]],
])('toResponse() breaks the body behind all that came before %s, not in its place', async (_, steps) => {
  const url = await routeTo([...steps, { type: 'hang' }])
  const { text, outcome } = await collect(fetchEventStream(url, { protocol: openaiChat, json: {} }))

  expect(text).toBe(said.join(''))
  expect(outcome.type).toBe('network')
})

test('toResponse() tells a reader why an answer breaks, where errorEvent says so', async () => {
  const told: unknown[] = []
  const url = await routeTo(
    [{ type: 'text', text: [...said.map(chunk), failed].join('') }, { type: 'hang' }],
    {
      errorEvent: ({ code, message }) => {
        told.push([code, message])
        return { event: 'error', data: '{"error":{"type":"overloaded_error","message":"Try another model"}}' }
      },
    },
  )
  const { text, outcome } = await collect(fetchEventStream(url, { protocol: openaiChat, json: {} }))

  expect(text).toBe(said.join(''))
  expect(outcome.error).toMatchObject({ code: 'server-error', type: 'overloaded_error' })
  expect(told).toEqual([['server-error', 'The server sent an error: The server had an error']])
})
