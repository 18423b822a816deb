import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer, request, type Server } from 'node:http'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { scenario, scenarioOf, serve, type Step } from '@millrace/test-server'
import { describe, expect, test } from 'vitest'
import { root } from '../scripts/root.ts'

const end: Step = { type: 'end' }
const done: Step = { type: 'event', data: '[DONE]' }
const event = (data: string, more: object = {}): Step => ({ type: 'event', data, ...more })

/** A program of examples/node as a process of its own. */
class Example {
  readonly child: ChildProcess
  output = ''
  readonly #ended: Promise<unknown>

  constructor(name: string, ...args: string[]) {
    const file = join(root, 'examples/node', `${name}.ts`)
    this.child = spawn(process.execPath, ['--conditions=@millrace/source', file, ...args], {
      cwd: root,
      env: { ...process.env, API_KEY: 'k', NODE_NO_WARNINGS: '1' },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    for (const stream of [this.child.stdout, this.child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => (this.output += text))
    }
    this.#ended = once(this.child, 'close')
  }

  /** Resolves when the program has printed this. */
  async prints(text: string): Promise<void> {
    while (!this.output.includes(text) && this.child.exitCode === null) {
      await Promise.race([once(this.child.stdout ?? this.child, 'data'), this.#ended])
    }
    expect(this.output).toContain(text)
  }

  async end(): Promise<{ output: string; code: number | null }> {
    await this.#ended
    return { output: this.output, code: this.child.exitCode }
  }
}

async function run(name: string, ...args: string[]): Promise<string> {
  const { output, code } = await new Example(name, ...args).end()
  expect(code, output).toBe(0)
  return output
}

const piece = (content: string) => event(JSON.stringify({ choices: [{ index: 0, delta: { content } }] }))

describe.concurrent('examples/node', { timeout: 60_000 }, () => {
  test('chat prints an answer', async () => {
    await using server = await serve(scenario([piece('Water '), piece('does.'), done, end]))

    expect(await run('chat', server.url)).toBe('Water does.\n')
    expect(server.requests[0]?.headers['authorization']).toBe('Bearer k')
  })

  test('chat keeps what was said when it is stopped', async () => {
    await using server = await serve(scenario([piece('Water '), { type: 'hang' }]))
    const chat = new Example('chat', server.url)
    await chat.prints('Water ')
    chat.child.kill('SIGINT')

    expect(await chat.end()).toEqual({ output: 'Water \n(aborted after 6 characters)\n', code: 0 })
    await server.whenClosed()
  })

  test('chat keeps what was said of an answer that is cut, and says so by its exit code', async () => {
    await using server = await serve(scenario([piece('Water '), end]))

    expect(await new Example('chat', server.url).end()).toEqual({
      output:
        'Water \n(truncated after 6 characters)\nThe answer is not complete: the body ended before the data "[DONE]"\n',
      code: 1,
    })
  })

  test.for(['chat', 'tail'])(
    '%s leaves its server when nobody reads what it prints',
    async (name, { expect }) => {
      const words: Step[] = [piece('word'), { type: 'wait', ms: 10 }]
      await using server = await serve(scenario([{ type: 'repeat', steps: words }]))
      const program = new Example(name, server.url)
      await program.prints('word')
      program.child.stdout?.destroy()
      const { output, code } = await program.end()

      expect(output).not.toContain('EPIPE')
      expect(code).toBe(0)
      await server.whenClosed()
    },
  )

  test('feed gets a new token when the old one is refused, and goes on', async () => {
    await using server = await serve({
      '/feed': scenarioOf([
        { on: { request: 1 }, steps: [event('1', { id: '1', event: 'tick' }), end] },
        { on: { headers: { authorization: 'Bearer t1' } }, steps: [{ type: 'status', status: 401 }, end] },
        { steps: [event('2', { id: '2', event: 'tick' }), event('', { event: 'closed' })] },
      ]),
      '/token': scenario([{ type: 'text', text: 't1' }, end], [{ type: 'text', text: 't2' }, end]),
    })

    expect(await run('feed', server.url, server.at('/token').url)).toBe('tick 1\ntick 2\nclosed \n')
    expect(server.requests.map(({ headers }) => headers['authorization'])).toEqual([
      'Bearer t1',
      'Bearer t1',
      'Bearer t2',
    ])
  })

  test('feed goes on when the token cannot be had at once', async () => {
    await using server = await serve({
      '/feed': scenarioOf([
        { on: { headers: { authorization: 'Bearer t1' } }, steps: [{ type: 'status', status: 401 }, end] },
        { steps: [event('', { event: 'closed' })] },
      ]),
      '/token': scenario(
        [{ type: 'text', text: 't1' }, end],
        [{ type: 'status', status: 502 }, { type: 'text', text: '<html>\nBad Gateway' }, end],
        [{ type: 'text', text: 't2' }, end],
      ),
    })

    expect(await run('feed', server.url, server.at('/token').url)).toBe('closed \n')
    expect(server.requests.map(({ headers }) => headers['authorization'])).toEqual(['Bearer t1', 'Bearer t2'])
  })

  // By its own context: the global one may be that of another test, which ends sooner.
  test('resume goes on from its file when it is started again', async ({ expect, onTestFinished }) => {
    const folder = await mkdtemp(join(tmpdir(), 'millrace-'))
    onTestFinished(() => rm(folder, { recursive: true }))
    const file = join(folder, 'cursor.json')
    await using server = await serve(
      scenario(
        [event('a', { id: '1' }), event('b', { id: '2' }), { type: 'hang' }],
        [event('c', { id: '3' }), done, end],
      ),
    )
    const first = new Example('resume', server.url, file)
    await expect.poll(() => readFile(file, 'utf8').catch(() => ''), { timeout: 50_000 }).toContain('"2"')
    first.child.kill('SIGKILL')
    await first.end()

    expect(await run('resume', server.url, file)).toBe('c\n')
    expect(server.requests.map(({ method, lastEventId }) => [method, lastEventId])).toEqual([
      ['POST', null],
      ['GET', '2'],
    ])
    await expect(readFile(file)).rejects.toMatchObject({ code: 'ENOENT' })
  })

  test('route passes a stream on, with its status, its end and its cuts', async () => {
    await using server = await serve(
      scenario(
        [event('a', { id: '1' }), done, end],
        [event('a'), end],
        [{ type: 'status', status: 429 }, { type: 'headers', headers: { 'retry-after': '1' } }, end],
      ),
    )
    const route = new Example('route', server.url)
    await route.prints('}')
    const url = `http://127.0.0.1:${JSON.parse(route.output).port}/`
    const ask = () => fetch(url, { method: 'POST', body: '{"q":1}' })

    expect(await (await ask()).text()).toBe('id: 1\ndata: a\n\ndata: [DONE]\n\n')
    await expect((await ask()).text()).rejects.toThrow('terminated')
    const busy = await ask()
    expect([busy.status, busy.headers.get('retry-after')]).toEqual([429, '1'])
    // It is for whoever asked to wait, and ask again.
    expect(server.requests).toHaveLength(3)
    expect(server.requests[0]).toMatchObject({ body: '{"q":1}', headers: { authorization: 'Bearer k' } })
    route.child.kill('SIGTERM')
    await route.end()
  })

  test('route leaves the upstream with a reader who goes before it has answered, and lives on', async ({
    expect,
  }) => {
    await using server = await serve(
      scenario([{ type: 'gate', name: 'never' }], [event('a', { id: '1' }), done, end]),
    )
    const route = new Example('route', server.url)
    await route.prints('}')
    const { port } = JSON.parse(route.output)
    const gone = new AbortController()
    const asked = fetch(`http://127.0.0.1:${port}/`, { method: 'POST', body: '1', signal: gone.signal })
    await expect.poll(() => server.requests, { timeout: 50_000 }).toHaveLength(1)
    gone.abort()
    await expect(asked).rejects.toThrow('aborted')
    await server.whenClosed()

    const upload = connect(port, '127.0.0.1')
    await once(upload, 'connect')
    upload.write('POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 9\r\nexpect: 100-continue\r\n\r\n')
    await once(upload, 'data')
    upload.destroy()
    const next = await fetch(`http://127.0.0.1:${port}/`, { method: 'POST', body: '2' })
    expect(await next.text()).toBe('id: 1\ndata: a\n\ndata: [DONE]\n\n')
    route.child.kill('SIGTERM')
    expect(await route.end()).toMatchObject({ code: 0 })
  })

  test('mcp calls a tool in two legs', async () => {
    const progress = (n: number) =>
      JSON.stringify({ jsonrpc: '2.0', method: 'notifications/progress', params: { progress: n } })
    const result = JSON.stringify({ jsonrpc: '2.0', id: 1, result: { content: [] } })
    await using server = await serve(
      scenario(
        [event('', { id: '0' }), event(progress(1), { id: '1' }), end],
        [event(result, { id: '2' }), end],
      ),
    )

    expect(await run('mcp', server.url)).toBe(
      'notifications/progress {"progress":1}\nresult {"content":[]}\nattempts 2\n',
    )
    expect(server.requests.map(({ method, lastEventId }) => [method, lastEventId])).toEqual([
      ['POST', null],
      ['GET', '1'],
    ])
  })

  test('tail stops when it is told to', async () => {
    await using server = await serve(scenario([event('line', { id: '7' }), { type: 'hang' }]))
    const tail = new Example('tail', server.url)
    await tail.prints('line')
    tail.child.kill('SIGTERM')

    expect(await tail.end()).toEqual({ output: 'line\nstopped after 1, at 7\n', code: 0 })
    await server.whenClosed()
  })

  test('errors says what to do about each', async () => {
    const head = (status: number, headers: Record<string, string> = {}): Step[] => [
      { type: 'status', status },
      { type: 'headers', headers },
      end,
    ]
    const cases: [string, Step[]][] = [
      ['sign in again', head(401)],
      ['busy: try again in 900 s', head(429, { 'retry-after': '900' })],
      ['refused with 400 (request r-1)', head(400, { 'x-request-id': 'r-1' })],
      ['half\nthe answer is not complete: keep it, and offer to go on', [event('half'), end]],
      ['the model failed: overloaded', [{ type: 'text', text: '{"error":{"type":"overloaded"}}' }, end]],
      ['too slow: idle', [{ type: 'open' }, { type: 'hang' }]],
      ['check the connection', [{ type: 'reset' }]],
    ]
    const paths = cases.map(([, steps], index) => [`/${index}`, scenario(steps)] as const)
    await using server = await serve(Object.fromEntries(paths))

    expect(await run('errors', ...paths.map(([path]) => server.at(path).url))).toBe(
      `${cases.map(([advice]) => advice).join('\n')}\n`,
    )
  })

  test('typed narrows events by name', async () => {
    await using server = await serve(
      scenario([
        event('{"symbol":"MLL","cents":1250}', { event: 'price' }),
        event('noon', { event: 'bell' }),
        event('{"reason":"flood"}', { event: 'halt' }),
      ]),
    )

    expect(await run('typed', server.url)).toBe('MLL 12.50\n(bell)\nhalted: flood\n')
  })

  test('with-test-server passes as a test of its own', async () => {
    expect(await run('with-test-server')).toMatch(/pass 2\n[^]*fail 0\n/)
  })

  test('proxy sends every request through the proxy, with its cookies', async () => {
    await using server = await serve(
      scenario(
        [{ type: 'headers', headers: { 'set-cookie': 'seat=Nw==; Path=/' } }, event('a', { id: '1' }), end],
        [event('b'), event('over')],
      ),
    )
    const asked: string[] = []
    const proxy = await forwarding(server.url, asked)

    expect(await run('proxy', 'http://feed.test/live', urlOf(proxy))).toBe('a\nb\n')
    expect(asked).toEqual(['http://feed.test/live', 'http://feed.test/live'])
    expect(server.requests[1]?.headers).toMatchObject({ cookie: 'seat=Nw==', 'last-event-id': '1' })
    proxy.close()
  })
})

test('proxy tells of a 204 as any fetch does', async () => {
  await using server = await serve(scenario([{ type: 'status', status: 204 }, end]))
  const proxy = await forwarding(server.url, [])
  const { output, code } = await new Example('proxy', 'http://feed.test/live', urlOf(proxy)).end()

  expect(output).toContain('The server answered 204')
  expect(code).toBe(1)
  proxy.close()
})

function urlOf(server: Server): string {
  const address = server.address()
  return `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`
}

/** An HTTP proxy that sends everything to one server. */
async function forwarding(to: string, asked: string[]): Promise<Server> {
  const proxy = createServer((incoming, reply) => {
    asked.push(incoming.url ?? '')
    const { host: _named, ...headers } = incoming.headers
    const onward = request(to, { method: incoming.method ?? 'GET', headers }, (answer) => {
      reply.writeHead(answer.statusCode ?? 502, answer.headers)
      answer.pipe(reply)
    })
    onward.on('error', () => reply.destroy())
    reply.on('close', () => onward.destroy())
    onward.end()
  })
  proxy.listen(0, '127.0.0.1')
  await once(proxy, 'listening')
  return proxy
}
