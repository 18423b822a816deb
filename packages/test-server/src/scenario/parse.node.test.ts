import { runInNewContext } from 'node:vm'
import { expect, test } from 'vitest'
import { assertScenario, parseScenario } from './parse.ts'
import type { Step } from './types.ts'

const withSteps = (...steps: readonly unknown[]) => JSON.stringify({ replies: [{ steps }] })

/** One of each kind, with everything that it may hold. */
const EVERY: { readonly [Type in Step['type']]: Extract<Step, { type: Type }> } = {
  status: { type: 'status', status: 503, text: 'Busy' },
  headers: { type: 'headers', headers: { a: 'b', c: ['d', 'e'], f: null } },
  inform: { type: 'inform', status: 103, headers: { link: '<a>' } },
  redirect: { type: 'redirect', to: '/there', status: 308 },
  open: { type: 'open' },
  event: { type: 'event', event: 'a', data: 'b\nc', id: '1', retry: 5 },
  comment: { type: 'comment', text: 'a\nb' },
  text: { type: 'text', text: 'data: \r\0' },
  bytes: { type: 'bytes', base64: '/w==' },
  fill: { type: 'fill', size: 10, text: 'ab' },
  wait: { type: 'wait', ms: 1.5 },
  gate: { type: 'gate', name: 'g' },
  repeat: { type: 'repeat', times: 2, steps: [{ type: 'repeat', steps: [{ type: 'hang' }] }] },
  replay: { type: 'replay', every: 1, skip: 1, again: 1 },
  channel: { type: 'channel', name: 'c' },
  cut: { type: 'cut', at: 0, by: 'fin', gate: 'g', wait: 5 },
  chunks: { type: 'chunks', sizes: [1, 2], every: 3 },
  gzip: { type: 'gzip' },
  raw: { type: 'raw', text: 'x' },
  hang: { type: 'hang' },
  end: { type: 'end' },
  reset: { type: 'reset' },
  fin: { type: 'fin' },
}

test('parseScenario() takes every kind of step with everything that it may hold', () => {
  const scenario = {
    name: 'n',
    about: 'a',
    log: [{ id: '1', data: 'x' }],
    replies: [
      {
        on: { method: 'POST', request: 1, resumed: true, headers: { a: 'b', c: null } },
        steps: Object.values(EVERY),
      },
    ],
  }
  expect(parseScenario(JSON.stringify(scenario))).toEqual(scenario)
})

test.each([
  ['[]', 'scenario: expected an object'],
  ['{}', 'scenario.replies: expected a list'],
  [
    '{"replies":[{"steps":[]}],"extra":1}',
    'scenario.extra: expected no such member; there are name, about, log, replies',
  ],
  [withSteps({ type: 'wait' }), 'scenario.replies[0].steps[0].ms: expected a number from 0'],
  [withSteps({ type: 'wait', ms: -1 }), 'scenario.replies[0].steps[0].ms: expected a number from 0'],
  [
    withSteps({ type: 'wait', ms: 1, s: 1 }),
    'scenario.replies[0].steps[0].s: expected no such member; there are type, ms',
  ],
  [
    withSteps({ type: 'constructor' }),
    /^scenario\.replies\[0\]\.steps\[0\]\.type: expected one of status, headers/,
  ],
  [
    withSteps({ type: 'chunks', sizes: [0] }),
    'scenario.replies[0].steps[0].sizes[0]: expected a whole number from 1',
  ],
  [
    withSteps({ type: 'chunks', sizes: [] }),
    'scenario.replies[0].steps[0].sizes: expected at least one size: the last one repeats',
  ],
  [withSteps('end'), 'scenario.replies[0].steps[0]: expected an object with a `type`'],
  [
    withSteps({ type: 'fill', size: 1, text: '' }),
    'scenario.replies[0].steps[0].text: expected ASCII characters, at least one',
  ],
  [
    withSteps({ type: 'cut', at: 1, by: 'bang' }),
    'scenario.replies[0].steps[0].by: expected "end", "reset" or "fin"',
  ],
  [
    withSteps({ type: 'event', id: 'a\nb', data: '' }),
    /^scenario\.replies\[0\]\.steps\[0\]: expected an event that can be encoded/,
  ],
  [
    withSteps({ type: 'repeat', steps: [{ type: 'event', event: 'x' }] }),
    /^scenario\.replies\[0\]\.steps\[0\]\.steps\[0\]: expected an event that can be encoded/,
  ],
  [
    withSteps({ type: 'headers', headers: { a: 1 } }),
    'scenario.replies[0].steps[0].headers["a"]: expected a string, a list of strings, or null',
  ],
  [
    withSteps({ type: 'headers', headers: { a: ['b', 'c\r\nd: e'] } }),
    /^scenario\.replies\[0\]\.steps\[0\]\.headers\["a"\]\[1\]: expected what a header can carry/,
  ],
  [
    withSteps({ type: 'headers', headers: { 'a b': 'c' } }),
    'scenario.replies[0].steps[0].headers["a b"]: expected a name that a header can have',
  ],
  [
    withSteps({ type: 'redirect', to: '/x\r\ny: z' }),
    /^scenario\.replies\[0\]\.steps\[0\]\.to: expected what a header can carry/,
  ],
  [
    withSteps({ type: 'status', status: 42 }),
    'scenario.replies[0].steps[0].status: expected a status of three digits',
  ],
  [withSteps({ type: 'bytes', base64: 'data: x' }), 'scenario.replies[0].steps[0].base64: expected base64'],
  [
    withSteps({ type: 'inform', status: 200 }),
    'scenario.replies[0].steps[0].status: expected an informational status, 100 to 199',
  ],
  [
    withSteps({ type: 'redirect', to: '/x', status: 200 }),
    'scenario.replies[0].steps[0].status: expected a redirect, 300 to 399',
  ],
  [
    withSteps({ type: 'repeat', steps: [{ type: 'cut', at: 3 }] }),
    /^scenario\.replies\[0\]\.steps\[0\]\.steps\[0\]: expected no cut inside repeat/,
  ],
  [
    withSteps({ type: 'cut', at: 8 }, { type: 'cut', at: 3 }),
    'scenario.replies[0].steps: expected at most one cut',
  ],
  [
    JSON.stringify({ replies: [{ on: { method: 'post' }, steps: [] }] }),
    'scenario.replies[0].on.method: expected a method in upper case',
  ],
  [
    JSON.stringify({ replies: [{ on: { headers: { a: ['b'] } }, steps: [] }] }),
    /^scenario\.replies\[0\]\.on\.headers\["a"\]: expected what a header can carry/,
  ],
])('parseScenario(%s) names the place', (json, message) => {
  expect(() => parseScenario(json)).toThrow(typeof message === 'string' ? new TypeError(message) : message)
})

test('parseScenario() says when it is no JSON', () => {
  expect(() => parseScenario('{')).toThrow(SyntaxError)
})

test('parseScenario() reads a file that begins with a BOM', () => {
  expect(parseScenario('\uFEFF{"replies":[]}')).toEqual({ replies: [] })
})

test.each([new Headers({ a: 'b' }), new Map([['a', 'b']])])(
  'assertScenario() takes no %o for header fields: it has no members of its own, so none would be sent',
  (headers) => {
    expect(() => assertScenario({ replies: [{ steps: [{ type: 'headers', headers }] }] })).toThrow(
      new TypeError('scenario.replies[0].steps[0].headers: expected an object'),
    )
  },
)

test('assertScenario() takes objects of another realm, as those of Jest', () => {
  expect(() => assertScenario(runInNewContext('({ replies: [{ steps: [] }] })'))).not.toThrow()
})

test('assertScenario() names the place where steps hold themselves, or nest without reason', () => {
  const steps: unknown[] = []
  steps.push({ type: 'repeat', times: 1, steps })
  expect(() => assertScenario({ replies: [{ steps }] })).toThrow(
    /^scenario\.replies\[0\](\.steps\[0\])+\.steps: expected repeat steps at most 32 deep$/,
  )
})
