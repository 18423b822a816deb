import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { deferred } from '../deferred.ts'
import { main, type World } from './main.ts'

/** Runs the command in this process, with hands on what it sees of the outside. */
function started(args: readonly string[], lines: AsyncIterable<string> | string[] = []) {
  const said: string[] = []
  const complaints: string[] = []
  const opened: string[] = []
  const stop = new AbortController()
  const world: World = {
    args,
    say: (line) => said.push(line),
    complain: (line) => complaints.push(line),
    lines: async function* () {
      yield* lines
    },
    openBrowser: (url) => opened.push(url),
    signal: stop.signal,
  }
  const code = main(world)
  onTestFinished(async () => {
    stop.abort()
    await code
  })
  const url = async () => {
    await expect.poll(() => said[0]).toBeDefined()
    return /http:\S+/.exec(said[0] ?? '')?.[0] ?? ''
  }
  return { said, complaints, opened, code, url, stop: () => stop.abort() }
}

async function fileOf(name: string, text: string | Uint8Array): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'millrace-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  await writeFile(join(folder, name), text)
  return join(folder, name)
}

describe('main()', () => {
  test('serves a named scenario, tells each connection in a line, and ends with 0', async () => {
    const { url, said, code, stop } = started(['status-204'])
    expect((await fetch(await url(), { headers: { 'last-event-id': '7' } })).status).toBe(204)
    await expect.poll(() => said.length).toBe(3)
    expect(said.slice(1)).toEqual(['/ #1 GET / after "7"', '/ #1 ended after 0 bytes'])
    stop()
    expect(await code).toBe(0)
  })

  test('serves the whole library by path, with a page of links', async () => {
    const { url } = started([])
    const page = await (await fetch(await url())).text()
    expect(page).toContain('<a href="/chat-cut">chat-cut</a>')
    expect((await fetch(new URL('/status-404', await url()))).status).toBe(404)
  })

  test('serves a scenario from JSON, and opens the browser when told to', async () => {
    const json = JSON.stringify({ replies: [{ steps: [{ type: 'event', data: 'from disk' }] }] })
    const { url, opened } = started([await fileOf('x.json', json), '--open'])
    expect(await (await fetch(await url())).text()).toBe('data: from disk\n\n')
    expect(opened).toEqual([await url()])
  })

  test('serves a recorded stream byte for byte', async () => {
    const body = Uint8Array.of(0xef, 0xbb, 0xbf, 0x0d, 0xff, 0x00, 0x0a)
    const { url } = started([await fileOf('x.sse', body)])
    expect(new Uint8Array(await (await fetch(await url())).arrayBuffer())).toEqual(body)
  })

  test.each(['{"after":', '[null]', '{}'])('names the timing file that holds %s', async (timing) => {
    const recording = await fileOf('x.sse', 'data: a\n\n')
    const path = recording.replace('.sse', '.timing.json')
    await writeFile(path, timing)
    const { code, complaints } = started([recording])
    expect(await code).toBe(1)
    expect(complaints[0]).toContain(`${path} is no list of { "after": ms, "size": bytes }.`)
  })

  test('--stdin sends lines to everyone, then "Connection closed"', async () => {
    const line = deferred<string>()
    const lines = (async function* () {
      yield await line.promise
    })()
    const { url } = started(['--stdin'], lines)
    const reader = (await fetch(await url())).body?.getReader()
    const decoder = new TextDecoder()
    let text = ''
    const until = async (end: string) => {
      while (!text.endsWith(end)) text += decoder.decode((await reader?.read())?.value, { stream: true })
    }
    await until('waiting for lines\n')
    line.resolve('typed')
    await until('data: Connection closed\n\n')
    expect(text).toContain('data: typed\n\n')
    await reader?.cancel()
  })

  test('--control prints a token that plays scenarios', async () => {
    const { said, url } = started(['counter', '--control'])
    await url()
    const [, control = '', token = ''] = /at (\S+) with the token (\S+)/.exec(said[1] ?? '') ?? []
    const init = { method: 'POST', body: '{"replies":[]}', headers: { authorization: `Bearer ${token}` } }
    expect((await fetch(new URL('scenarios', control), init)).status).toBe(201)
  })

  test('--list and --help say what there is and end', async () => {
    const list = started(['--list'])
    expect(await list.code).toBe(0)
    expect(list.said.some((line) => line.startsWith('paged-feed '))).toBe(true)
    const help = started(['--help'])
    expect(await help.code).toBe(0)
    expect(help.said[0]).toContain('--stdin')
  })

  test.each([
    [['nope'], /^nope is neither a named scenario/],
    [['missing.json'], /^missing\.json cannot be read: ENOENT\.$/],
    [['--port', '70000'], /^--port takes a number from 0 to 65535, not "70000"\.$/],
    [['--origin', 'localhost:5173'], /^--origin takes an origin/],
    [['--origin', '*'], /^--origin takes an origin/],
    [['a', 'b'], /^One scenario at a time: b is too much\.$/],
    [['a', '--stdin'], /^--stdin brings its own scenario/],
    [['--nope'], /^Unknown option '--nope': see --help\.$/],
    [['--port', '-1'], /^Option '--port' argument is ambiguous: see --help\.$/],
    [['--host', '192.0.2.1'], /^--host takes a name or an address of this machine \(EADDRNOTAVAIL\)\.$/],
  ])('%o ends with 1 and one sentence', async (args, sentence) => {
    const { code, complaints, said } = started(args)
    expect(await code).toBe(1)
    expect(complaints).toHaveLength(1)
    expect(complaints[0]).toMatch(sentence)
    expect(said).toEqual([])
  })

  test('a mistake in a JSON scenario is named with its place', async () => {
    const { code, complaints } = started([
      await fileOf('x.json', '{"replies":[{"steps":[{"type":"wiat"}]}]}'),
    ])
    expect(await code).toBe(1)
    expect(complaints[0]).toMatch(
      /x\.json: scenario\.replies\[0\]\.steps\[0\]\.type: expected one of status, /,
    )
  })

  test('a taken port is one sentence', async () => {
    const { url } = started(['counter'])
    const { port } = new URL(await url())
    const { code, complaints } = started(['counter', '--port', port])
    expect(await code).toBe(1)
    expect(complaints).toEqual(['The port is taken; --port 0 finds a free one.'])
  })

  test('--token plays scenarios with a token that is known beforehand', async () => {
    const { url } = started(['counter', '--token', 'mine'])
    const init = { method: 'POST', body: '{"replies":[]}', headers: { authorization: 'Bearer mine' } }
    expect((await fetch(new URL('/.millrace/scenarios', await url()), init)).status).toBe(201)
  })

  test('control characters that a client sends are escaped', async () => {
    const { url, said } = started(['status-204'])
    await fetch(await url(), { headers: { 'last-event-id': '\u00c2\u009b31m\u00e2\u0080\u00ae' } })
    await expect.poll(() => said.length).toBe(3)
    expect(said[1]).toBe('/ #1 GET / after "\\x9b31m\\u{202e}"')
  })
})
