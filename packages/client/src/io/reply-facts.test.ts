import { expect, test } from 'vitest'
import { replyFacts } from './reply-facts.ts'

const plan = { url: 'https://a.test/x/y', init: { method: 'POST', headers: new Headers() } }
const sentAt = Date.parse('Fri, 20 Nov 2026 12:00:00 GMT')

function factsOf(headers: Record<string, string>, status: number = 200) {
  return replyFacts(new Response(status === 200 ? '' : null, { status, headers }), plan, [], sentAt)
}

test.each([
  ['text/event-stream', 'text/event-stream'],
  ['Text/Event-Stream; charset=UTF-8', 'text/event-stream'],
  [' text/event-stream ;x="a,b"', 'text/event-stream'],
  ['text/event-streamx', 'text/event-streamx'],
  ['text/html, text/event-stream', 'text/event-stream'],
  ['text/event-stream, */*', 'text/event-stream'],
  ['text/html;x=", text/event-stream', 'text/html'],
  ['text/event-stream\t;x', 'text/event-stream'],
  ['text/event-stream\xa0;x', ''],
  ['event-stream', ''],
  ['', ''],
])('content-type %j is %j', (given, mediaType) => {
  expect(factsOf({ 'content-type': given }).mediaType).toBe(mediaType)
})

test('the media type is that of the reply, though a secret of the request is a word in it', () => {
  const reply = new Response('', { headers: { 'content-type': 'text/event-stream' } })
  expect(replyFacts(reply, plan, ['stream'], sentAt)).toMatchObject({
    mediaType: 'text/event-stream',
    headers: { 'content-type': 'text/event-…' },
  })
})

test.each([
  [{ 'retry-after': '3' }, 3000],
  [{ 'retry-after': ' 1.5 ' }, 1500],
  [{ 'retry-after-ms': '20', 'retry-after': '3' }, 20],
  [{ 'retry-after-ms': 'x', 'retry-after': '3' }, 3000],
  [{ 'retry-after': 'Fri, 20 Nov 2026 12:00:05 GMT' }, 5000],
  [{ 'retry-after': 'Fri, 20 Nov 2026 12:00:05 GMT', date: 'Fri, 20 Nov 2026 12:00:03 GMT' }, 2000],
  [{ 'retry-after': 'Fri, 20 Nov 2026 11:00:00 GMT' }, 0],
  [{ 'retry-after': '1, 1' }, 1000],
  [{ 'retry-after': '3, 120,1' }, 120_000],
  [{ 'retry-after-ms': '20, 30', 'retry-after': '3' }, 30],
  [{ 'retry-after': 'Fri, 20 Nov 2026 12:00:05 GMT, 2, Fri, 20 Nov 2026 12:00:07 GMT' }, 7000],
  [{ 'retry-after': '2, Friday, 20-Nov-26 12:00:05 GMT, Fri Nov 20 12:00:04 2026 GMT' }, 5000],
  [{ 'retry-after': 'x, 2' }, 2000],
  [{ 'retry-after': 'soon' }, null],
  [{ 'retry-after': '2 s' }, null],
  [{ 'retry-after': 'Fri, 20 Nov 2026 11:00:00 GMT, x' }, 0],
  [{ 'retry-after': ', ,' }, null],
  [{ 'retry-after': '-3' }, null],
  [{ 'retry-after': '' }, null],
  [{}, null],
])('%j asks for a wait of %j ms', (headers, wait) => {
  expect(factsOf(headers as Record<string, string>).retryAfter).toBe(wait)
})

test.each([
  ['true', true],
  ['false', false],
  ['yes', null],
])('x-should-retry: %s says %s', (given, said) => {
  expect(factsOf({ 'x-should-retry': given }).shouldRetry).toBe(said)
})

test.each([
  ['x-request-id', 'openai'],
  ['request-id', 'anthropic'],
  ['x-generation-id', 'openrouter'],
])('the ID of the request is in %s', (name, id) => {
  expect(factsOf({ [name]: id }).requestId).toBe(id)
})

test('a reply that is no redirect has none, and the URL is what was asked for where the reply has none', () => {
  expect(factsOf({ location: '/z' })).toMatchObject({
    redirect: null,
    url: 'https://a.test/x/y',
    method: 'POST',
  })
})

test.each([
  ['', 'https://a.test/x/y'],
  ['/moved', 'https://a.test/moved'],
  ['https://b.test/', 'https://b.test/'],
])('a reply whose url is %j, as a given fetch may make it, is from %s', (url, from) => {
  const reply = Object.defineProperty(new Response(''), 'url', { value: url })
  expect(replyFacts(reply, plan, [], sentAt).url).toBe(from)
})
