import { collect, fetchEventStream, type Protocol } from '@millrace/client'
import { scenario, serve, type Step } from '@millrace/test-server'
import { describe, expect, test } from 'vitest'
import { full } from '../support/full.ts'
import { skipping } from '../support/skipping.ts'
import { moduleOf } from './module-of.ts'

interface Said {
  readonly data: unknown
  readonly event?: string
  readonly id?: string
}

const textOf = ({ data }: Said) => (typeof data === 'string' ? data : JSON.stringify(data))

/** The bytes of these events. */
const bytesOf = (events: readonly Said[]) =>
  new TextEncoder().encode(
    events
      .map((said) => {
        const data = textOf(said).replaceAll(/^/gm, 'data: ')
        return `${said.id === undefined ? '' : `id: ${said.id}\n`}${said.event === undefined ? '' : `event: ${said.event}\n`}${data}\n\n`
      })
      .join(''),
  )

/** The step of a scenario that says this. */
const stepOf = (said: Said): Step => ({ type: 'event', ...said, data: textOf(said) })

const gather = (protocol: Protocol, body: Uint8Array<ArrayBuffer>) =>
  collect(
    fetchEventStream('https://api.example.com/', {
      protocol,
      json: {},
      retry: false,
      fetch: async () => new Response(body, { headers: { 'content-type': 'text/event-stream' } }),
    }),
  )

/** Cohere's and AG-UI's events tell their type in their data. */
const typed = (type: string, more: object = {}): Said => ({ event: type, data: { type, ...more } })
const bare = (type: string, more: object = {}): Said => ({ data: { type, ...more } })
const task = (result: object): Said => ({ data: { jsonrpc: '2.0', id: 1, result } })
const artifact = (text: string): Said =>
  task({ artifactUpdate: { taskId: 't', artifact: { artifactId: 'a', parts: [{ text }] } } })
const status = (state: string): Said => task({ statusUpdate: { taskId: 't', status: { state } } })
const cohereCall = (tool_calls: object) => ({ index: 0, delta: { message: { tool_calls } } })
const chunk = (more: object, id: string): Said => ({
  event: 'messages',
  id,
  data: [{ id: 'm', ...more }, {}],
})

/** Whole answers: the last event but those of `after` makes each of them complete. */
const answers = [
  {
    heading: 'Cohere',
    name: 'cohere',
    events: [
      typed('message-start'),
      typed('tool-plan-delta', { delta: { message: { tool_plan: 'I grind.' } } }),
      typed('content-delta', { index: 0, delta: { message: { content: { text: 'Flöur' } } } }),
      typed('tool-call-start', cohereCall({ id: 'c', function: { name: 'grind', arguments: '' } })),
      typed('tool-call-delta', cohereCall({ function: { arguments: '{"kg":' } })),
      typed('tool-call-delta', cohereCall({ function: { arguments: '1}' } })),
      typed('message-end', {
        delta: { finish_reason: 'TOOL_CALL', usage: { tokens: { output_tokens: 2 } } },
      }),
    ],
    gives: {
      text: 'Flöur',
      reasoning: 'I grind.',
      calls: ['c'],
      usage: { tokens: { output_tokens: 2 } },
      finishReason: 'TOOL_CALL',
    },
  },
  {
    heading: 'Replicate',
    name: 'replicate',
    events: [
      { event: 'output', id: '1', data: 'Two\nlines' },
      { event: 'output', id: '2', data: ' 1' },
      { event: 'done', data: '{}' },
    ],
    gives: { text: 'Two\nlines 1', reasoning: '', calls: [], usage: null, finishReason: null },
  },
  {
    heading: 'AG-UI',
    name: 'agUi',
    events: [
      bare('RUN_STARTED'),
      bare('REASONING_MESSAGE_CONTENT', { messageId: 'r', delta: 'Hm' }),
      bare('TEXT_MESSAGE_CONTENT', { messageId: 'm', delta: 'Flöur' }),
      bare('STATE_DELTA', { delta: [{ op: 'add', path: '/kg', value: 1 }] }),
      bare('TOOL_CALL_START', { toolCallId: 'done', toolCallName: 'weigh' }),
      bare('TOOL_CALL_RESULT', { toolCallId: 'done', content: '1' }),
      bare('TOOL_CALL_START', { toolCallId: 'c', toolCallName: 'grind' }),
      bare('TOOL_CALL_ARGS', { toolCallId: 'c', delta: '{"kg":' }),
      bare('TOOL_CALL_ARGS', { toolCallId: 'c', delta: '1}' }),
      bare('RUN_FINISHED'),
    ],
    gives: { text: 'Flöur', reasoning: 'Hm', calls: ['c'], usage: null, finishReason: null },
  },
  {
    heading: 'A2A',
    name: 'a2a',
    events: [
      task({ task: { id: 't', status: { state: 'TASK_STATE_SUBMITTED' } } }),
      artifact('Flö'),
      artifact('ur'),
      status('TASK_STATE_COMPLETED'),
    ],
    gives: { text: 'Flöur', reasoning: '', calls: [], usage: null, finishReason: 'TASK_STATE_COMPLETED' },
  },
  {
    heading: 'LangGraph',
    name: 'langGraph',
    events: [
      { event: 'metadata', id: '1', data: { run_id: 'run' } },
      chunk({ content: 'Flö' }, '2'),
      chunk({ content: [{ type: 'text', text: 'ur' }] }, '3'),
      chunk({ tool_call_chunks: [{ index: 0, id: 'c', name: 'grind', args: '{"kg":' }] }, '4'),
      chunk({ tool_call_chunks: [{ index: 0, id: null, name: null, args: '1}' }] }, '5'),
      chunk({ usage_metadata: { output_tokens: 2 } }, '6'),
      { event: 'end', data: 'null' },
    ],
    gives: { text: 'Flöur', reasoning: '', calls: ['c'], usage: { output_tokens: 2 }, finishReason: null },
  },
] as const satisfies readonly { readonly events: readonly Said[]; readonly [member: string]: unknown }[]

const protocolIn = async (heading: string, name: string) =>
  (await moduleOf('docs/more-protocols.md', heading))[name] as Protocol

describe.each(answers)('the protocol for $heading', ({ heading, name, events, gives }) => {
  test('gathers text, calls, usage and finish reason', async () => {
    const { outcome, ...given } = await gather(await protocolIn(heading, name), bytesOf(events))
    if (outcome.type !== 'complete') throw new TypeError(`The outcome is ${outcome.type}`)
    const { text, reasoning, usage, finishReason } = given
    const calls = outcome.answer.toolCalls.map(({ id }) => id)

    expect({ text, reasoning, calls, usage, finishReason }).toEqual(gives)
    for (const { name: tool, input } of outcome.answer.toolCalls)
      expect([tool, input]).toEqual(['grind', { kg: 1 }])
  })

  test('calls an answer that is cut at any byte cut, and keeps what came', async () => {
    const protocol = await protocolIn(heading, name)
    const bytes = bytesOf(events)
    const sizes = Array.from(bytes.keys()).filter(
      (size) => full || size % 7 === 0 || size === bytes.length - 1,
    )
    const wrong = []
    for (const size of sizes) {
      const { outcome, text } = await gather(protocol, bytes.slice(0, size))
      if (outcome.type !== 'truncated' || !gives.text.startsWith(text)) wrong.push({ size, outcome, text })
    }
    expect(wrong).toEqual([])
  })
})

test.each([
  [
    'Cohere',
    'no grain',
    'cohere',
    typed('message-end', { delta: { finish_reason: 'ERROR', error: 'no grain' } }),
  ],
  ['Replicate', 'no grain', 'replicate', { event: 'error', data: 'no grain' }],
  ['Replicate', 'canceled', 'replicate', { event: 'done', data: '{"reason": "canceled"}' }],
  ['AG-UI', 'no grain', 'agUi', bare('RUN_ERROR', { message: 'no grain' })],
  [
    'A2A',
    'no grain',
    'a2a',
    { data: { jsonrpc: '2.0', id: 1, error: { code: -32603, message: 'no grain' } } },
  ],
  ['A2A', 'TASK_STATE_FAILED', 'a2a', status('TASK_STATE_FAILED')],
  [
    'LangGraph',
    'no grain',
    'langGraph',
    { event: 'error', data: { error: 'GrainError', message: 'no grain' } },
  ],
] as const)('the protocol for %s tells an error of the server: %s', async (heading, words, name, said) => {
  const { outcome } = await gather(await protocolIn(heading, name), bytesOf([said]))

  expect(outcome.type).toBe('server-error')
  expect(outcome.error?.message).toContain(words)
})

test('the protocol for LangGraph goes on with a run that was cut, twice, and from the cursor of another process', async () => {
  const steps = answers[4].events.map(stepOf)
  const end: Step = { type: 'end' }
  await using server = await serve({
    '/threads/t/runs/stream': scenario([...steps.slice(0, 1), end]),
    '/threads/t/runs/run/stream': scenario(
      [...steps.slice(1, 2), end],
      [...steps.slice(2, 3), end],
      [...steps.slice(3), end],
    ),
  })
  const run = server.at('/threads/t/runs/run/stream')
  const protocol = await protocolIn('LangGraph', 'langGraph')
  const options = { protocol, json: {}, headers: { 'x-api-key': 'k' }, ...skipping().options }

  const before = fetchEventStream(server.at('/threads/t/runs/stream').url, options)
  for await (const { type } of before) if (type === 'messages') break
  const { text, outcome } = await collect(
    fetchEventStream(server.at('/threads/t/runs/stream').url, { ...options, cursor: before.cursor }),
  )

  expect([text, outcome.type]).toEqual(['ur', 'complete'])
  expect(server.at('/threads/t/runs/stream').requests).toHaveLength(1)
  expect(
    run.requests.map(({ method, lastEventId, headers }) => [method, lastEventId, headers['x-api-key']]),
  ).toEqual([
    ['GET', '1', 'k'],
    ['GET', '2', 'k'],
    ['GET', '3', 'k'],
  ])
})
