import { connect } from 'node:net'
import { expect, test } from 'vitest'
import { serve } from '../socket/serve.ts'
import { chatCut } from './chat-cut.ts'

const pieces = ['a ', 'über ', '水车 ', 'b ', '🌊 ', 'end']

/** Reads a reply over a bare socket: the body, and whether the connection was reset. */
async function read(port: number, head: string): Promise<{ body: Buffer; reset: boolean }> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = []
    const socket = connect(port, '127.0.0.1', () =>
      socket.write(`${head}Host: localhost\r\nConnection: close\r\n\r\n`),
    )
    const done = (reset: boolean) => resolve({ body: unchunked(Buffer.concat(chunks)), reset })
    socket.on('data', (chunk) => chunks.push(chunk))
    socket.on('end', () => done(false))
    socket.on('error', () => done(true))
  })
}

function unchunked(reply: Buffer): Buffer {
  const parts: Buffer[] = []
  let at = reply.indexOf('\r\n\r\n') + 4
  while (at < reply.length) {
    const line = reply.indexOf('\r\n', at)
    const size = Number.parseInt(reply.toString('latin1', at, line), 16)
    if (!(size > 0)) break
    parts.push(reply.subarray(line + 2, line + 2 + size))
    at = line + 2 + size + 2
  }
  return Buffer.concat(parts)
}

test('chatCut() resets inside a character and resumes with the chunk that was cut', async () => {
  await using server = await serve(chatCut({ pieces, cuts: [3, 5], every: 1 }))
  const first = await read(server.port, 'POST / HTTP/1.1\r\nContent-Length: 0\r\n')
  expect(first.reset).toBe(true)
  expect(first.body.toString('utf8')).toMatch(/"content":"\uFFFD$/)
  expect(first.body.toString().match(/^id: .*/gm)).toEqual(['id: 1', 'id: 2', 'id: 3'])

  const second = await read(server.port, 'GET / HTTP/1.1\r\nLast-Event-ID: 2\r\n')
  expect(second.reset).toBe(true)
  expect(second.body.toString('utf8')).toMatch(/"content":"\uFFFD$/)
  expect(second.body.toString().match(/^id: .*/gm)).toEqual(['id: 3', 'id: 4', 'id: 5'])

  const third = await read(server.port, 'GET / HTTP/1.1\r\nLast-Event-ID: 4\r\n')
  expect(third.reset).toBe(false)
  expect(third.body.toString().match(/^id: .*/gm)).toEqual(['id: 5', 'id: 6'])
  expect(third.body.toString()).toMatch(/data: \[DONE\]\n\n$/)
  expect(server.exchanges.map(({ state }) => state)).toEqual(['reset', 'reset', 'end'])
  expect(server.requests.map(({ lastEventId }) => lastEventId)).toEqual([null, '2', '4'])
})

test('chatCut() has a character of several bytes at its default cut', async () => {
  await using server = await serve(chatCut({ every: 0 }))
  const { body } = await read(server.port, 'POST / HTTP/1.1\r\nContent-Length: 0\r\n')
  expect(body.toString('utf8')).toMatch(/\uFFFD$/)
})
