import { expect, test } from 'vitest'
import { redact, withoutSecrets } from './redact.ts'

const secrets = ['q-secret', 't-secret']

test('redact() takes the user and the query out of every URL, and secrets anywhere', () => {
  const text = 'GET https://me:pw@api.test/v1?key=1 failed; token t-secret refused'

  expect(redact(text, ['t-secret'])).toBe('GET https://api.test/v1?… failed; token … refused')
})

test('redact() finds the URLs that follow each other without a space, or stand in brackets and tags', () => {
  const text = 'http://a/?x=1<br>http://me:pw@b/?y=2 (see http://c/(1)?z=3) http://d/http://me:pw@e?w=4'

  expect(redact(text, [])).toBe('http://a/?…<br>http://b/?… (see http://c/(1)?…) http://d/http://e?…')
})

test('withoutSecrets() gives the same error when it holds no secret', () => {
  const error = new TypeError('fetch failed', { cause: new Error('connect ECONNREFUSED 127.0.0.1:9') })

  expect(withoutSecrets(error, secrets)).toBe(error)
})

test("withoutSecrets() takes the URL of an error's script, as Firefox and WebKit tell it, for no secret", () => {
  const script = 'http://localhost:5173/page.js?t=1700000000'
  const error = Object.assign(new TypeError('fetch failed'), { fileName: script, sourceURL: script })

  expect(withoutSecrets(error, secrets)).toBe(error)
})

test('withoutSecrets() gives a copy that keeps name and code, down the chain of causes', () => {
  const cause = Object.assign(new Error('to https://api.test/v1?key=q-secret'), {
    code: 'EX',
    input: 't-secret',
  })
  const clean = withoutSecrets(new TypeError('failed', { cause }), secrets)

  expect(clean).toBeInstanceOf(Error)
  expect(clean).toMatchObject({
    name: 'TypeError',
    message: 'failed',
    cause: { code: 'EX', input: '…', message: 'to https://api.test/v1?…' },
  })
  expect(String((clean as Error).stack)).not.toContain('q-secret')
})

test('withoutSecrets() keeps an error without secrets that holds an object twice', () => {
  const data = ['x']
  const error = Object.assign(new Error('failed'), { issues: [{ input: data }, { input: data }] })

  expect(withoutSecrets(error, secrets)).toBe(error)
})

test('withoutSecrets() cleans an object that an error holds twice in both places', () => {
  const data = { given: 't-secret' }
  const error = Object.assign(new Error('failed'), { first: data, second: { data } })

  expect(withoutSecrets(error, secrets)).toMatchObject({
    first: { given: '…' },
    second: { data: { given: '…' } },
  })
})

test('withoutSecrets() ends at a chain of causes that is a ring', () => {
  const error = new Error('t-secret')
  error.cause = error

  expect(withoutSecrets(error, secrets)).toMatchObject({ message: '…' })
})

test('withoutSecrets() cleans facts, and gives the same object when they hold no secret', () => {
  const facts = { code: 'parse', event: { name: 'x', id: '' }, issues: [{ path: 'a', message: 'b' }] }

  expect(withoutSecrets(facts, secrets)).toBe(facts)
  expect(withoutSecrets({ ...facts, issues: [{ path: 'a', message: 'not t-secret' }] }, secrets)).toEqual({
    ...facts,
    issues: [{ path: 'a', message: 'not …' }],
  })
})

test.each<[string, unknown]>([
  ['its options', { headers: { authorization: 'Bearer t-secret' } }],
  ['a map', new Map([['authorization', 't-secret']])],
  ['headers', new Headers({ authorization: 't-secret' })],
  ['a request', new Request('http://a.test/', { headers: { authorization: 't-secret' } })],
])('withoutSecrets() leaves out of an error what a given fetch hung on it: %s', (_, config) => {
  const clean = withoutSecrets(Object.assign(new Error('failed'), { config }), secrets)

  expect(clean).toMatchObject({ message: 'failed' })
  expect(clean.config).not.toBe(config)
  expect(JSON.stringify(clean.config) ?? '').not.toContain('t-secret')
})

test('withoutSecrets() keeps a value without secrets as it is, of whatever kind', () => {
  const error = Object.assign(new Error('failed'), { socket: { bytesRead: 1 }, hosts: ['a.test'] })

  expect(withoutSecrets(error, secrets)).toBe(error)
})

test('withoutSecrets() survives a member that throws', () => {
  const error = Object.defineProperty(new Error('failed'), 'config', {
    get() {
      throw new Error('t-secret')
    },
  })

  expect(withoutSecrets(error, secrets)).toMatchObject({ message: '…' })
})

test('withoutSecrets() keeps the facts of a failure whose cause has a member that throws', () => {
  const cause = Object.defineProperty(new Error('failed'), 'config', {
    get() {
      throw new TypeError('revoked t-secret')
    },
  })

  expect(withoutSecrets({ code: 'network', unsent: false, cause }, secrets)).toMatchObject({
    code: 'network',
    unsent: false,
    cause: { name: 'TypeError', message: 'revoked …' },
  })
})

test('withoutSecrets() leaves what we call a failure, where a secret is one of our own words', () => {
  const failure = { code: 'network', hint: 'the network is down', cause: { code: 'network' } }

  expect(withoutSecrets(failure, ['network'])).toEqual({
    code: 'network',
    hint: 'the … is down',
    cause: { code: '…' },
  })
  expect(withoutSecrets({ encode: 'network', codes: 'network' }, ['network'])).toEqual({
    encode: '…',
    codes: '…',
  })
})

test('withoutSecrets() cleans an error whose message is not its own property, as that of a DOMException', () => {
  const clean = withoutSecrets(new DOMException('no t-secret', 'NetworkError'), secrets)

  expect(clean).toMatchObject({ name: 'NetworkError', message: 'no …' })
})

test("withoutSecrets() takes what a URL holds out of the message that opens an error's stack", () => {
  const message = 'GET https://me:pw@api.test/v1?key=1 failed'
  // As V8 has it. In Firefox and WebKit a stack is its frames alone.
  const error = Object.assign(new Error(message), { stack: `Error: ${message}\n    at read (app.js:1:1)` })
  const { stack } = withoutSecrets(error, secrets)

  expect(stack).toContain('GET https://api.test/v1?… failed')
  expect(stack).not.toMatch(/me:pw|key=1/)
})

test('withoutSecrets() keeps an error without secrets whose stack is no text', () => {
  const error = Object.assign(new Error('failed'), { stack: ['at a', 'at b'] })

  expect(withoutSecrets(error, secrets)).toBe(error)
})

test('withoutSecrets() cleans the URLs of members that are called much like those of scripts', () => {
  const url = 'https://api.test/v1?key=1'
  const error = Object.assign(new Error('failed'), { ownstack: url, fileNames: url })
  const facts = { stack: url }

  expect(withoutSecrets(error, secrets)).toMatchObject({
    ownstack: 'https://api.test/v1?…',
    fileNames: 'https://api.test/v1?…',
  })
  expect(withoutSecrets(facts, secrets)).toEqual({ stack: 'https://api.test/v1?…' })
})

test('withoutSecrets() leaves out what lies more than six levels deep', () => {
  const levels = (count: number): object => (count === 0 ? { text: 't-secret' } : { next: levels(count - 1) })
  const cleaned = (count: number) => JSON.stringify(withoutSecrets(levels(count), secrets))

  expect(cleaned(6)).toContain('"text":"…"')
  expect(cleaned(7)).not.toContain('text')
})

test('withoutSecrets() gives a copy that can be changed, as any error can', () => {
  const clean = withoutSecrets(new Error('t-secret'), secrets)
  const { configurable, writable } = Object.getOwnPropertyDescriptor(new Error('any'), 'message') ?? {}

  expect(Object.getOwnPropertyDescriptor(clean, 'message')).toMatchObject({ configurable, writable })
})
