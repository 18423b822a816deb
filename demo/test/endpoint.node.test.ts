import { serve, type Scenario, type Step } from '@millrace/test-server'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { start } from './start.ts'

// Programs of their own, which a busy machine starts slowly.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

const piece = (content: string): Step => ({
  type: 'event',
  data: JSON.stringify({ choices: [{ delta: { content } }] }),
})
const done: Step = { type: 'event', data: '[DONE]' }
const type = (value: string): Step => ({ type: 'headers', headers: { 'content-type': value } })
const replying = (...steps: Step[]): Scenario => ({ replies: [{ steps }] })

const scenarios = {
  '/whole': {
    replies: [
      {
        on: { method: 'POST', headers: { authorization: 'Bearer key' } },
        steps: [piece('The mill'), piece(' turns.'), done],
      },
    ],
  },
  '/html': replying(type('text/html'), { type: 'end' }),
  '/refused': replying({ type: 'status', status: 401 }, type('application/json'), {
    type: 'text',
    text: '{"error":{"message":"Incorrect API key provided","code":"invalid_api_key"}}',
  }),
  '/sequences': replying(piece('The \u001B[2Jmill \u001B]0;mine\u0007'), done),
  '/refused-in-colours': replying({ type: 'status', status: 401 }, type('application/json'), {
    type: 'text',
    text: String.raw`{"error":{"message":"\u001b[31mno"}}`,
  }),
  '/cut': replying(piece('The mill'), { type: 'end' }),
  '/empty': replying({ type: 'status', status: 204 }, { type: 'end' }),
  '/overloaded': replying(piece('The mill'), {
    type: 'event',
    event: 'error',
    data: '{"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}',
  }),
  '/reset': replying(piece('The mill'), { type: 'gate', name: 'heard' }, { type: 'reset' }),
}

const server = await serve(scenarios)
const { host, origin } = new URL(server.url)
afterAll(() => server.close())

const chat = (path: string, ...more: string[]) => {
  const question = ['--url', origin + path, '--json', '{"stream":true}']
  return start(...question, '--until', '[DONE]', '--pick', 'choices.0.delta.content', ...more)
}

/** A port that nothing listens at: it has just been given back. */
let closedPort: number
beforeAll(async () => {
  const gone = await serve({ replies: [] })
  closedPort = gone.port
  await gone.close()
})

test.concurrent('start --url shows an answer of a real endpoint over POST', async () => {
  const { code, stdout, stderr } = await chat('/whole', '--header', 'authorization: Bearer key').ended
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  expect(stdout).toContain('\nThe mill turns.\n')
  expect(stdout).toMatch(/^outcome +complete$/m)
  const [request] = server.at('/whole').requests
  expect(request).toMatchObject({ method: 'POST', body: '{"stream":true}' })
})

test.concurrent('start --url shows nothing that a server could move the cursor with', async () => {
  const { stdout, stderr } = await chat('/sequences').ended
  expect(stdout).toContain('\nThe [2Jmill ]0;mine\n')
  expect(stdout + stderr).not.toContain('\u001B')
  expect(stdout).not.toContain('\u0007')
  const refused = await chat('/refused-in-colours').ended
  expect(refused.stderr).toContain('401: [31mno.')
  expect(refused.stderr).not.toContain('\u001B')
})

test.concurrent('start says where its options are told when it is given one that it has not', async () => {
  const { code, stderr } = await start('--bogus').ended
  expect({ code, stderr }).toEqual({
    code: 2,
    stderr: "Unknown option '--bogus': see pnpm start --help.\n",
  })
})

test.concurrent('start --url says when no event has a text at the path of --pick', async () => {
  const { code, stderr } = await chat('/whole', '--header', 'authorization: Bearer key', '--pick', 'text')
    .ended
  expect({ code, stderr }).toEqual({ code: 1, stderr: 'None of the 2 events has a text at text.\n' })
})

test.concurrent('start --url keeps what came before a reset, and says that the connection failed', async () => {
  const { said, ended } = chat('/reset')
  await said(/\[open\]/)
  server.at('/reset').release('heard')
  const { code, stdout, stderr } = await ended
  expect({ code, stderr }).toEqual({ code: 1, stderr: `The connection to ${host} failed (ECONNRESET).\n` })
  expect(stdout).toMatch(/^outcome +network$/m)
})

describe.concurrent('start --url ends with one clear sentence and a non-zero exit code', () => {
  const cases: readonly (readonly [what: string, args: () => string[], sentence: string])[] = [
    [
      'on a wrong content type',
      () => ['--url', `${origin}/html`, '--json', '{}'],
      'The server answered with text/html, not text/event-stream.',
    ],
    [
      'on a 401 with a JSON body',
      () => ['--url', `${origin}/refused`, '--json', '{}', '--header', 'authorization: Bearer wrong'],
      `${host} answered 401: Incorrect API key provided.`,
    ],
    [
      'when the answer ends without [DONE]',
      () => ['--url', `${origin}/cut`, '--json', '{}', '--until', '[DONE]'],
      'The answer is not complete: the body ended before the data "[DONE]".',
    ],
    [
      'when an answer over GET ends without [DONE], and has no ID to go on from',
      () => ['--url', `${origin}/cut`, '--until', '[DONE]'],
      'The answer is not complete: the body ended before the data "[DONE]".',
    ],
    [
      'when the answer breaks off with an event named error',
      () => ['--url', `${origin}/overloaded`, '--json', '{}', '--pick', 'choices.0.delta.content'],
      'The server sent an error: Overloaded.',
    ],
    ['on a 204', () => ['--url', `${origin}/empty`], 'The server answered 204: there is nothing to read.'],
    [
      'without a server, over POST',
      () => ['--url', `http://127.0.0.1:${closedPort}/`, '--json', '{}'],
      'The connection to 127.0.0.1:PORT failed (ECONNREFUSED).',
    ],
    [
      'without a server, over GET',
      () => ['--url', `http://127.0.0.1:${closedPort}/`],
      'The connection to 127.0.0.1:PORT failed (ECONNREFUSED).',
    ],
    [
      'for a URL that is none',
      () => ['--url', 'nonsense'],
      '--url needs an http or https URL, not "nonsense".',
    ],
  ]
  test.each(cases)('%s', async (_, args, sentence) => {
    const { code, stderr } = await start(...args()).ended
    expect(stderr).toBe(`${sentence.replace('PORT', String(closedPort))}\n`)
    expect(code).toBeGreaterThan(0)
  })
})
