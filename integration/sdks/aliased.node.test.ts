import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { collect, fetchEventStream } from '@millrace/client'
import { openaiChat } from '@millrace/client/protocols'
import { serve } from '@millrace/test-server'
import { scenario, type Scenario } from '@millrace/test-server/scenario'
import { afterAll, describe, expect, test, vi } from 'vitest'
import { recorded } from '../../packages/client/test/support/recorded.ts'
import { fixture } from '../../test/fixtures/index.ts'
import type { Asked, Given } from './aliased/host.ts'

const whoses = ['ours', 'theirs'] as const

/** Runs the programs of `aliased/`, with our packages in place of theirs or with their own. */
class Host {
  readonly #child: ChildProcess
  #said = ''

  constructor(whose: (typeof whoses)[number]) {
    this.#child = fork(join(import.meta.dirname, 'aliased/host.ts'), [whose], {
      execArgv: ['--conditions=@millrace/source', '--no-warnings'],
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    })
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => (this.#said += text))
    }
  }

  /** One at a time. */
  async run(asked: Asked): Promise<Given> {
    this.#child.send(asked)
    const closed = once(this.#child, 'close').then(() => {
      throw new TypeError(this.#said)
    })
    const [reply] = await Promise.race([once(this.#child, 'message'), closed])
    return reply
  }

  end(): void {
    this.#child.kill()
  }
}

const hosts = { ours: new Host('ours'), theirs: new Host('theirs') }
afterAll(() => Object.values(hosts).forEach((host) => host.end()))

/** What a program makes of a scenario. */
async function play(scenario: Scenario, program: 'ai' | 'mcp', whose: (typeof whoses)[number]) {
  await using server = await serve(scenario)
  return await hosts[whose].run({ program, url: server.url })
}

/** That a package imported ours in place of theirs. */
const got = (ours: 'client' | 'parser', whose: string) =>
  expect.stringMatching(new RegExp(`^@millrace/${ours}\\S* for \\S*/${whose}/`))

const replyOf = (name: Parameters<typeof recorded>[0]) => recorded(name).replies[0]?.steps ?? []

const initialized = {
  jsonrpc: '2.0',
  id: 0,
  result: {
    protocolVersion: '2025-06-18',
    capabilities: { tools: {} },
    serverInfo: { name: 'mill', version: '1' },
  },
}

const tool: Scenario = {
  replies: [
    { on: { method: 'GET', resumed: true }, steps: replyOf('mcp-streamable-http-leg2.sse') },
    { on: { method: 'GET' }, steps: [{ type: 'status', status: 405 }, { type: 'end' }] },
    {
      on: { request: 1 },
      steps: [{ type: 'event', event: 'message', data: JSON.stringify(initialized) }, { type: 'end' }],
    },
    { on: { request: 2 }, steps: [{ type: 'status', status: 202 }, { type: 'end' }] },
    { steps: replyOf('mcp-streamable-http-leg1.sse') },
  ],
}

const called = {
  jsonrpc: '2.0',
  id: 1,
  result: { content: [{ type: 'text', text: 'flour' }] },
}

/** The older transport: one event stream for all that the server says, and a POST for each thing it is told. */
const overOneStream: Scenario = {
  replies: [
    { on: { method: 'POST' }, steps: [{ type: 'status', status: 202 }, { type: 'end' }] },
    {
      steps: [
        { type: 'event', event: 'endpoint', data: '/messages' },
        { type: 'gate', name: 'initialize' },
        { type: 'event', event: 'message', data: JSON.stringify(initialized) },
        { type: 'gate', name: 'call' },
        { type: 'event', event: 'message', data: JSON.stringify(called) },
        { type: 'hang' },
      ],
    },
  ],
}

describe('the client of the MCP SDK', () => {
  test.each(whoses)('calls a tool over an EventSource, with %s', async (whose) => {
    await using server = await serve(overOneStream)
    const posted = (method: string) =>
      vi.waitFor(() => expect(server.requests.map(({ body }) => body).join()).toContain(method), 20_000)
    const running = hosts[whose].run({ program: 'mcp-sse', url: server.url })
    await posted('initialize')
    server.release('initialize')
    await posted('tools/call')
    server.release('call')
    const { gave, aliased } = await running

    expect(gave).toEqual(called.result.content)
    expect(server.requests.map(({ headers }) => headers['authorization'])).toEqual(
      Array.from({ length: 4 }, () => 'Bearer mill'),
    )
    expect(aliased).toEqual(
      whose === 'ours' ? expect.arrayContaining([got('client', '@modelcontextprotocol/sdk')]) : [],
    )
  })

  test.each(whoses)('calls a tool over two legs with %s', async (parser) => {
    const { gave, aliased } = await play(tool, 'mcp', parser)
    expect(gave).toEqual([{ type: 'text', text: 'flour\nready' }])
    expect(aliased).toEqual(
      parser === 'ours' ? expect.arrayContaining([got('parser', '@modelcontextprotocol/sdk')]) : [],
    )
  })
})

describe('the AI SDK', () => {
  test.each(whoses)('reads an answer with %s', async (parser) => {
    const { gave, aliased } = await play(recorded('openai-chat-completions.sse'), 'ai', parser)
    expect(gave).toEqual({
      text: 'Mühle 水车 🌊\nline "two"',
      finishReason: 'tool-calls',
      totalTokens: 34,
      errors: [],
    })
    expect(aliased).toEqual(
      parser === 'ours' ? expect.arrayContaining([got('parser', '@ai-sdk/provider-utils')]) : [],
    )
  })

  test('says the same of a cut answer with either parser', async () => {
    const cut = recorded('truncated-chat-completions.sse')
    const [ours, theirs] = await Promise.all([play(cut, 'ai', 'ours'), play(cut, 'ai', 'theirs')])
    expect(ours.gave).toEqual(theirs.gave)
    expect(ours.gave).toMatchObject({ text: 'The answer is ', finishReason: 'error' })
  })

  test('takes an answer that lost its usage and its end for a complete one, which our client tells', async () => {
    const { bytes, events } = fixture('openai-chat-completions.sse')
    const usage = events.at(-2)?.data ?? ''
    const cut = scenario([
      { type: 'text', text: new TextDecoder().decode(bytes).split(`data: ${usage}`)[0] ?? '' },
      { type: 'end' },
    ])
    const { gave } = await play(cut, 'ai', 'ours')
    expect(gave).toEqual({ text: 'Mühle 水车 🌊\nline "two"', finishReason: 'tool-calls', errors: [] })

    await using server = await serve(cut)
    const { outcome } = await collect(fetchEventStream(server.url, { protocol: openaiChat, json: {} }))
    expect(outcome.type).toBe('truncated')
  })
})
