import { inspect } from 'node:util'
import {
  fetchEventStream,
  type EventStreamError,
  type StreamEvent,
  type StreamOptions,
} from '@millrace/client'
import { scenario, serve, type Step } from '@millrace/test-server'
import { expect, test } from 'vitest'
import { readAll } from '../../../test/support/read-all.ts'

const secrets = ['tok-1111', 'key-2222', 'cookie-3333', 'qry-4444', 'set-5555', 'sig-6666']
const options: StreamOptions<StreamEvent> = {
  json: {},
  headers: { authorization: 'Bearer tok-1111', 'x-api-key': 'key-2222', cookie: 'a=cookie-3333' },
  retry: false,
}

/** An error as logs show it. */
function renderings(error: EventStreamError | null): string {
  return [
    String(error),
    error?.message,
    error?.stack,
    inspect(error, { depth: 10, showHidden: true, getters: true }),
    JSON.stringify(error),
    String(error?.cause),
  ].join('\n')
}

async function errorOf(steps: readonly Step[]): Promise<EventStreamError | null> {
  await using server = await serve(scenario(steps))
  return (await readAll(fetchEventStream(`${server.url}?token=qry-4444`, options))).error
}

const echo = `you sent Bearer tok-1111, key-2222 and a=cookie-3333 to http://a.test/?token=qry-4444`
const replies: Record<string, readonly Step[]> = {
  'a status with an echo of the request': [
    { type: 'status', status: 400 },
    { type: 'text', text: echo },
    { type: 'end' },
  ],
  'a status with a cookie': [
    { type: 'status', status: 500 },
    { type: 'headers', headers: { 'set-cookie': 'sid=set-5555' } },
    { type: 'end' },
  ],
  'another content type': [
    { type: 'headers', headers: { 'content-type': 'text/html' } },
    { type: 'text', text: echo },
    { type: 'end' },
  ],
  'a redirect with a signature': [{ type: 'redirect', to: 'http://b.test/?sig=sig-6666' }],
  'a reset before the reply': [{ type: 'reset' }],
  'a reset in the body': [{ type: 'event', data: 'x' }, { type: 'reset' }],
  'an event error': [{ type: 'text', text: '{"error":{"message":"boom"}}\n' }, { type: 'end' }],
}

test.each(Object.keys(replies))('%s tells no secret in any rendering', async (name) => {
  const error = await errorOf(replies[name] ?? [])

  expect(error).not.toBeNull()
  for (const secret of secrets) expect(renderings(error)).not.toContain(secret)
})

test.each([
  [
    'a runtime that puts the URL into its message',
    (url: string) => new TypeError(`error sending request for url (${url})`),
  ],
  [
    'a runtime that puts the URL beside it',
    (url: string) => Object.assign(new TypeError('failed'), { path: url }),
  ],
  [
    'a cause that repeats a header',
    () => new TypeError('failed', { cause: new Error('bad value: Bearer tok-1111') }),
  ],
  ['several causes', (url: string) => new AggregateError([new Error(url), new Error('key-2222')], 'failed')],
])('%s tells no secret', async (_, make) => {
  const stream = fetchEventStream('http://a.test/v1?token=qry-4444', {
    ...options,
    fetch: (input) => Promise.reject(make(String(input))),
  })
  const { error } = await readAll(stream)

  expect(error).toMatchObject({ code: 'network' })
  for (const secret of secrets) expect(renderings(error)).not.toContain(secret)
})
