import { expect, test } from 'vitest'
import { collect, fetchEventStream } from '@millrace/client'
import { openaiCompatible } from '@millrace/client/protocols'
import { fetchGiving } from '../../test/support/fetch-giving.ts'

const usage = { prompt_tokens: 1, completion_tokens: 2, total_tokens: 3 }
const chunk = (delta: object, reason: string | null = null, choice: object = {}) => ({
  choices: [{ index: 0, delta, finish_reason: reason, ...choice }],
})
const stop = chunk({}, 'stop')
const done = '[DONE]'

const collected = (...events: readonly (object | string)[]) =>
  collect(
    fetchEventStream('http://stream.test/', {
      protocol: openaiCompatible,
      json: {},
      retry: false,
      fetch: fetchGiving(
        ...events.map((data) => ({ data: typeof data === 'string' ? data : JSON.stringify(data) })),
      ),
    }),
  )

test('openaiCompatible takes the text and the reasoning out of the parts that Mistral sends', async () => {
  const thinking = (text: string) => ({ type: 'thinking', thinking: [{ type: 'text', text }] })
  const answer = await collected(
    chunk({ content: '' }),
    'null',
    chunk({ content: [thinking('They '), thinking('greet.')] }),
    chunk({ content: 'Hi' }),
    chunk({
      content: [
        { type: 'text', text: ' there' },
        { type: 'reference', reference_ids: [1] },
      ],
    }),
    stop,
    done,
  )
  expect(answer).toMatchObject({
    text: 'Hi there',
    reasoning: 'They greet.',
    finishReason: 'stop',
    outcome: { type: 'complete' },
  })
})

test.each([
  ['of its own', { ...stop, usage }],
  ['in x_groq', { ...stop, x_groq: { id: 'req', usage } }],
  ['in the choice', chunk({}, 'stop', { usage })],
])('openaiCompatible takes usage %s', async (_, last) => {
  expect((await collected(chunk({ content: 'Hi' }), last, done)).usage).toEqual(usage)
})

test.each([
  ['x_groq', { ...chunk({}), x_groq: { error: 'over capacity' } }, 'over capacity'],
  ['an object that is an error', { object: 'error', message: 'no memory', code: 500 }, 'no memory'],
  ['a list of errors', { errors: [{ message: 'no model', code: 3010 }] }, 'no model'],
  ['a finish reason', chunk({}, 'error'), 'failed'],
  ['the usual place', { error: { message: 'no credit' } }, 'no credit'],
])('openaiCompatible reads an error in %s, although [DONE] follows', async (_, error, message) => {
  const { outcome, text } = await collected(chunk({ content: 'Hi' }), error, done)
  expect([outcome.type, outcome.error?.message, text]).toEqual([
    'server-error',
    expect.stringContaining(message),
    'Hi',
  ])
})

test.each([
  ['with a finish reason and no [DONE]', [stop], 'complete'],
  ['with [DONE] and a space, then usage', [stop, `${done} `, { choices: [], usage }], 'complete'],
  ['with [DONE] twice', [stop, done, done], 'complete'],
  ['with [DONE] alone', [done], 'truncated'],
  ['without either', [], 'truncated'],
] as const)('openaiCompatible calls an answer that ends %s %3$s', async (_, end, type) => {
  const { outcome, text } = await collected(chunk({ content: 'Hi' }), ...end)
  expect([outcome.type, text]).toEqual([type, 'Hi'])
})

test('openaiCompatible reads on to the usage that follows a finish reason, over events without data', async () => {
  const answer = await collected(chunk({ content: 'Hi' }), '', stop, { choices: [], usage }, ' ', done)
  expect(answer).toMatchObject({ text: 'Hi', usage, outcome: { type: 'complete' } })
})

test.each(['reasoning', 'reasoning_content'])(
  'openaiCompatible gathers the reasoning in %s',
  async (name) => {
    const answer = await collected(chunk({ [name]: 'H' }), chunk({ [name]: 'm' }), stop)
    expect(answer).toMatchObject({ text: '', reasoning: 'Hm' })
  },
)

test('openaiCompatible gathers calls of functions, of custom tools, and the call of old', async () => {
  const call = (index: number, more: object) => chunk({ tool_calls: [{ index, ...more }] })
  const { toolCalls } = await collected(
    call(0, { id: 'a', function: { name: 'grind', arguments: '' } }),
    call(1, { id: 'b', type: 'custom', custom: { name: 'shell', input: '' } }),
    call(0, { function: { arguments: '{"kg":1}' } }),
    call(1, { custom: { input: 'ls' } }),
    chunk({ function_call: { name: 'bake', arguments: '{' } }),
    chunk({ function_call: { arguments: '}' } }),
    stop,
  )
  expect(toolCalls.map((one) => [one.id, one.name, one.arguments])).toEqual([
    ['a', 'grind', '{"kg":1}'],
    ['b', 'shell', 'ls'],
    ['', 'bake', '{}'],
  ])
})

test('openaiCompatible takes the ID of a call that comes before its function', async () => {
  const { toolCalls } = await collected(
    chunk({ tool_calls: [{ index: 0, id: 'a' }] }),
    chunk({ tool_calls: [{ index: 0, function: { name: 'grind', arguments: '{}' } }] }),
    stop,
  )
  expect(toolCalls).toMatchObject([{ id: 'a', name: 'grind', arguments: '{}' }])
})

test('openaiCompatible goes on with the call before where the index is left out, and keeps whole calls apart', async () => {
  const call = (id: string | undefined, called: object) => chunk({ tool_calls: [{ id, function: called }] })
  const answer = await collected(
    call('a', { name: 'grind', arguments: '{"kg"' }),
    call(undefined, { arguments: ':1}' }),
    call('b', { name: 'grind', arguments: '{"kg":2}' }),
    call(undefined, { name: 'sift', arguments: '{}' }),
    call(undefined, { name: 'sift', arguments: '{"mesh":3}' }),
    chunk({}, 'tool_calls'),
    done,
  )

  expect(answer.toolCalls.map(({ id, name, arguments: text }) => [id, name, text])).toEqual([
    ['a', 'grind', '{"kg":1}'],
    ['b', 'grind', '{"kg":2}'],
    ['', 'sift', '{}'],
    ['', 'sift', '{"mesh":3}'],
  ])
})
