import { join } from 'node:path'
import { collect, fetchEventStream } from '@millrace/client'
import { openaiChat } from '@millrace/client/protocols'
import { serve } from '@millrace/test-server'
import { scenario, type Scenario } from '@millrace/test-server/scenario'
import { describe, expect, test, vi } from 'vitest'
import { recorded } from '../../packages/client/test/recorded.ts'
import { fixture } from '../../test/fixtures/index.ts'
import { run } from '../../scripts/gate/run.ts'

const here = join(import.meta.dirname, 'aliased')

/** Runs a program of `aliased/` against a server, with our packages in place of theirs or with their own. */
async function play(scenario: Scenario, program: string, whose: 'ours' | 'theirs') {
  await using server = await serve(scenario)
  return await launch(server.url, program, whose)
}

async function launch(url: string, program: string, whose: 'ours' | 'theirs') {
  const alias = whose === 'ours' ? ['--import', join(here, 'alias.ts')] : []
  const args = ['--conditions=@millrace/source', '--no-warnings', ...alias, join(here, program), url]
  const { ok, output } = await run('node', args, import.meta.dirname)
  const lines = output.trim().split('\n')
  if (!ok) throw new TypeError(output)
  return {
    printed: JSON.parse(lines.at(-1) ?? '') as unknown,
    aliased: lines.filter((line) => line.startsWith('@millrace/')),
  }
}

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
  test.each(['ours', 'theirs'] as const)('calls a tool over an EventSource, with %s', async (whose) => {
    await using server = await serve(overOneStream)
    const posted = (method: string) =>
      vi.waitFor(() => expect(server.requests.map(({ body }) => body).join()).toContain(method), 20_000)
    const running = launch(server.url, 'mcp-sse.ts', whose)
    await posted('initialize')
    server.release('initialize')
    await posted('tools/call')
    server.release('call')
    const { printed, aliased } = await running

    expect(printed).toEqual(called.result.content)
    expect(server.requests.map(({ headers }) => headers['authorization'])).toEqual(
      Array.from({ length: 4 }, () => 'Bearer mill'),
    )
    expect(aliased.some((line) => line.startsWith('@millrace/client '))).toBe(whose === 'ours')
  })

  test.each(['ours', 'theirs'] as const)('calls a tool over two legs with %s', async (parser) => {
    const { printed, aliased } = await play(tool, 'mcp.ts', parser)
    expect(printed).toEqual([{ type: 'text', text: 'flour\nready' }])
    expect(aliased.length > 0).toBe(parser === 'ours')
  })
})

describe('the AI SDK', () => {
  test.each(['ours', 'theirs'] as const)('reads an answer with %s', async (parser) => {
    const { printed, aliased } = await play(recorded('openai-chat-completions.sse'), 'ai.ts', parser)
    expect(printed).toEqual({
      text: 'Mühle 水车 🌊\nline "two"',
      finishReason: 'tool-calls',
      totalTokens: 34,
      errors: [],
    })
    expect(aliased.length > 0).toBe(parser === 'ours')
  })

  test('says the same of a cut answer with either parser', async () => {
    const cut = recorded('truncated-chat-completions.sse')
    const [ours, theirs] = await Promise.all([play(cut, 'ai.ts', 'ours'), play(cut, 'ai.ts', 'theirs')])
    expect(ours.printed).toEqual(theirs.printed)
    expect(ours.printed).toMatchObject({ text: 'The answer is ', finishReason: 'error' })
  })

  test('takes an answer that lost its usage and its end for a complete one, which our client tells', async () => {
    const { bytes, events } = fixture('openai-chat-completions.sse')
    const usage = events.at(-2)?.data ?? ''
    const cut = scenario([
      { type: 'text', text: new TextDecoder().decode(bytes).split(`data: ${usage}`)[0] ?? '' },
      { type: 'end' },
    ])
    const { printed } = await play(cut, 'ai.ts', 'ours')
    expect(printed).toEqual({ text: 'Mühle 水车 🌊\nline "two"', finishReason: 'tool-calls', errors: [] })

    await using server = await serve(cut)
    const { outcome } = await collect(fetchEventStream(server.url, { protocol: openaiChat, json: {} }))
    expect(outcome.type).toBe('truncated')
  })
})
