import { gunzipSync, constants } from 'node:zlib'
import { request as httpRequest } from 'node:http'
import { expect, onTestFinished, test } from 'vitest'
import { get } from '../../test/bare-http.ts'
import { scenario } from '../scenario/build.ts'
import type { Step } from '../scenario/types.ts'
import { serve, type TestServer } from './serve.ts'

async function playing(...steps: Step[]): Promise<TestServer> {
  const server = await serve(scenario(steps))
  onTestFinished(() => server.close())
  return server
}

test('inform sends an informational reply before the real one', async () => {
  const { port } = await playing(
    { type: 'inform', status: 103, headers: { link: '</a.css>; rel=preload' } },
    { type: 'event', data: 'a' },
  )
  expect((await get(port)).text).toMatch(
    /^HTTP\/1\.1 103 .*\r\nlink: <\/a\.css>; rel=preload\r\n\r\nHTTP\/1\.1 200 OK\r\n/,
  )
})

test('raw goes past HTTP: a broken status line', async () => {
  const { port } = await playing({ type: 'raw', text: 'HTTP/9.9 banana\r\n\r\n' }, { type: 'fin' })
  expect(await get(port)).toEqual({ text: 'HTTP/9.9 banana\r\n\r\n', ended: 'end' })
})

test('raw breaks the framing of a body that has begun', async () => {
  const { port } = await playing(
    { type: 'event', data: 'a' },
    { type: 'raw', text: 'zz\r\n' },
    { type: 'fin' },
  )
  expect((await get(port)).text).toMatch(/\r\n9\r\ndata: a\n\n\r\nzz\r\n$/)
  const broken = await fetch(`http://127.0.0.1:${port}`)
  await expect(broken.text()).rejects.toThrow()
})

test('headers: null takes a default away, a list is sent as several lines', async () => {
  const { port } = await playing({
    type: 'headers',
    headers: { 'Content-Type': null, 'set-cookie': ['a=1', 'b=2'] },
  })
  const { text } = await get(port)
  expect(text).not.toMatch(/content-type/i)
  expect(text.match(/^set-cookie: .*/gim)).toHaveLength(2)
})

test('status takes its own words', async () => {
  const { port } = await playing({ type: 'status', status: 429, text: 'Slow Down' })
  expect((await get(port)).text).toMatch(/^HTTP\/1\.1 429 Slow Down\r\n/)
})

test('a cut gzip body ends without its trailer', async () => {
  const { port } = await playing(
    { type: 'gzip' },
    { type: 'event', data: 'abcdef' },
    { type: 'cut', at: 9, by: 'end' },
  )
  const body = await new Promise<Buffer>((resolve) => {
    const request = httpRequest(
      { port, host: '127.0.0.1', headers: { 'accept-encoding': 'gzip' } },
      (response) => {
        const chunks: Buffer[] = []
        response.on('data', (chunk: Buffer) => chunks.push(chunk))
        response.on('end', () => resolve(Buffer.concat(chunks)))
      },
    )
    request.end()
  })
  expect(() => gunzipSync(body)).toThrow('unexpected end of file')
  expect(gunzipSync(body, { finishFlush: constants.Z_SYNC_FLUSH }).toString()).toBe('data: abc')
})

test('a whole gzip body ends with its trailer', async () => {
  const { url } = await playing({ type: 'gzip' }, { type: 'fill', size: 200_000 })
  expect(await (await fetch(url)).text()).toBe('x'.repeat(200_000))
})

test('add() and at() play by path; the longest path wins', async () => {
  const server = await serve({
    '/a': scenario([{ type: 'text', text: 'a' }]),
    '/a/b': scenario([{ type: 'text', text: 'b' }]),
  })
  onTestFinished(() => server.close())
  const read = async (path: string) => (await fetch(new URL(path, server.url))).text()
  expect([await read('/a'), await read('/a/x?y'), await read('/a/b/c')]).toEqual(['a', 'a', 'b'])
  expect(server.at('/a').requests.map(({ url }) => url)).toEqual(['/a', '/a/x?y'])
  expect((await fetch(new URL('/c', server.url))).status).toBe(404)
  server.add('/c', scenario([{ type: 'text', text: 'c' }]))
  expect(await read('/c')).toBe('c')
})
