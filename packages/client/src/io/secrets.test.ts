import { expect, test } from 'vitest'
import { redact, secretsOf, withoutSecrets } from './secrets.ts'

const plan = {
  url: 'https://api.test/v1?key=q-secret&page=2',
  init: {
    headers: new Headers({
      authorization: 'Bearer t-secret',
      accept: 'text/event-stream',
      pragma: 'no-cache',
    }),
  },
}

test('secretsOf() finds values of headers and of the query, not what says nothing', () => {
  expect(secretsOf(plan).toSorted()).toEqual(
    ['Bearer t-secret', 'q-secret', 'q-secret', 't-secret'].toSorted(),
  )
})

test('redact() takes the user and the query out of every URL, and secrets anywhere', () => {
  const text = 'GET https://me:pw@api.test/v1?key=1 failed; token t-secret refused'

  expect(redact(text, ['t-secret'])).toBe('GET https://api.test/v1?… failed; token … refused')
})

test('withoutSecrets() gives the very error when it tells nothing', () => {
  const error = new TypeError('fetch failed', { cause: new Error('connect ECONNREFUSED 127.0.0.1:9') })

  expect(withoutSecrets(error, secretsOf(plan))).toBe(error)
})

test("withoutSecrets() takes the URL of an error's script, as Firefox and WebKit tell it, for no secret", () => {
  const script = 'http://localhost:5173/page.js?t=1700000000'
  const error = Object.assign(new TypeError('fetch failed'), { fileName: script, sourceURL: script })

  expect(withoutSecrets(error, secretsOf(plan))).toBe(error)
})

test('withoutSecrets() gives a copy that keeps name and code, down the chain of causes', () => {
  const cause = Object.assign(new Error('to https://api.test/v1?key=q-secret'), {
    code: 'EX',
    input: 't-secret',
  })
  const clean = withoutSecrets(new TypeError('failed', { cause }), secretsOf(plan))

  expect(clean).toBeInstanceOf(Error)
  expect(clean).toMatchObject({
    name: 'TypeError',
    message: 'failed',
    cause: { code: 'EX', input: '…', message: 'to https://api.test/v1?…' },
  })
  expect(String((clean as Error).stack)).not.toContain('q-secret')
})

test('withoutSecrets() ends at a chain of causes that is a ring', () => {
  const error = new Error('t-secret')
  error.cause = error

  expect(withoutSecrets(error, secretsOf(plan))).toMatchObject({ message: '…' })
})
