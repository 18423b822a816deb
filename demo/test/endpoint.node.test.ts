import { serve, type Scenario, type Step } from '@millrace/test-server'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { endsOf, start } from './start.ts'

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
})

test.concurrent('start says where its options are told when it is given one that it has not', async () => {
  const { code, stderr } = await start('--bogus').ended
  expect({ code, stderr }).toEqual({
    code: 2,
    stderr: "Unknown option '--bogus': see pnpm start --help.\n",
  })
})

test.concurrent('start --url keeps what came before a reset, and says that the connection failed', async () => {
  const { said, ended } = chat('/reset')
  await said(/\[open\]/)
  server.at('/reset').release('heard')
  const { code, stdout, stderr } = await ended
  expect({ code, stderr }).toEqual({ code: 1, stderr: `The connection to ${host} failed (ECONNRESET).\n` })
  expect(stdout).toMatch(/^outcome +network$/m)
})

test.concurrent.each([
  ['over POST', ['--json', '{}']],
  ['over GET', []],
])('start --url without a server, %s, says so after a second attempt', async (_, more) => {
  const { code, stderr } = await start('--url', `http://127.0.0.1:${closedPort}/`, ...more).ended
  const sentence = `The connection to 127.0.0.1:${closedPort} failed (ECONNREFUSED).`
  expect({ code, stderr }).toEqual({ code: 1, stderr: `${sentence}\n` })
})

test.concurrent('start ends with one clear sentence and an exit code, and nothing keeps the process', async () => {
  const post = (path: string, ...more: string[]) => ['--url', origin + path, '--json', '{}', ...more]
  const pick = ['--pick', 'choices.0.delta.content']
  const cases: readonly (readonly [what: string, args: readonly string[], code: number, sentence: string])[] =
    [
      [
        'a wrong content type',
        post('/html'),
        1,
        'The server answered with text/html, not text/event-stream.',
      ],
      [
        'a 401 with a JSON body',
        post('/refused', '--header', 'authorization: Bearer wrong'),
        1,
        `${host} answered 401: Incorrect API key provided.`,
      ],
      [
        'a 401 that would colour the terminal',
        post('/refused-in-colours'),
        1,
        `${host} answered 401: [31mno.`,
      ],
      [
        'an answer that ends without [DONE]',
        post('/cut', '--until', '[DONE]'),
        1,
        'The answer is not complete: the body ended before the data "[DONE]".',
      ],
      [
        'such an answer over GET, which has no ID to go on from',
        ['--url', `${origin}/cut`, '--until', '[DONE]'],
        1,
        'The answer is not complete: the body ended before the data "[DONE]".',
      ],
      [
        'an answer that breaks off with an event named error',
        post('/overloaded', ...pick),
        1,
        'The server sent an error: Overloaded.',
      ],
      [
        'an answer without a text where --pick looks',
        post('/sequences', '--until', '[DONE]', '--pick', 'text'),
        1,
        'No text at text in what came: 1 event.',
      ],
      ['a 204', ['--url', `${origin}/empty`], 1, 'The server answered 204: there is nothing to read.'],
      [
        'a port that is taken',
        ['--once', '--port', String(server.port)],
        1,
        `${host} is taken: choose another --port.`,
      ],
      ['a URL that is none', ['--url', 'nonsense'], 2, '--url needs an http or https URL, not "nonsense".'],
    ]
  const ends = await endsOf(cases.map(([, args]) => args))
  expect(cases.map(([what], index) => ({ what, ...ends[index] }))).toEqual(
    cases.map(([what, , code, sentence]) => ({ what, code, said: `${sentence}\n` })),
  )
})
