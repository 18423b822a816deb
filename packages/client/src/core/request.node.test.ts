import { describe, expect, test } from 'vitest'
import {
  broken,
  futile,
  idle,
  refused,
  reply,
  serverError,
  tooLarge,
  truncated,
  unsent,
} from '../../test/machine/facts.ts'
import { sample } from '../../test/machine/policies.ts'
import type { Failure, ReplyFacts } from './failure.ts'
import type { Policy, RetryPolicy } from './policy.ts'
import { goesOn, isRefusal, mayRepeat, wantsFreshHeaders, type Repeat } from './request.ts'
import { initialState } from './initial-state.ts'
import type { Ledger } from './state.ts'
import { withLedger, type Live } from './step.ts'

const { policy: get } = sample('', {}, false)
const { policy: post } = sample('', { method: 'POST' }, false)
const { policy: resuming } = sample('', { method: 'POST', resumes: true }, false)
const { policy: classGet } = sample('', { standard: true }, false)
const { policy: classPost } = sample('', { standard: true, method: 'POST' }, false)

interface Circumstances extends Partial<Pick<Ledger, 'received' | 'refreshed'>> {
  readonly resumable?: boolean
  readonly retry?: Partial<RetryPolicy>
}

function ask(policy: Policy, failure: Failure, given: Circumstances = {}): Repeat {
  const { resumable = false, retry: changed, ...ledger } = given
  const retry = { ...policy.retry, ...changed }
  return mayRepeat(stateOf(policy, ledger), failure, { ...stamp, resumable }, { ...policy, retry })
}

const contentType = (facts: Partial<ReplyFacts> = {}): Failure => ({
  code: 'content-type',
  reply: reply({ mediaType: 'text/html', ...facts }),
  excerpt: '',
})
const stamp = { at: 0, random: 0, resumable: false }
function stateOf(policy: Policy, ledger: Partial<Ledger> = {}): Live {
  return withLedger<Live>({ ...initialState(policy) }, ledger)
}
const unsafe = { unsafe: true }
const busy = refused(503)
const later = refused(503, { retryAfter: 2000 })

const unparsable: Failure = {
  code: 'parse',
  message: '',
  cause: null,
  event: { name: 'message', id: '' },
  issues: [],
  excerpt: '',
}

describe('a subscription', () => {
  test.each<[string, Failure]>([
    ['a reset', broken],
    ['a refused connection', unsent],
    ['silence', idle],
    ['an end before the terminator', truncated],
    ['a 503', busy],
    ['a 408', refused(408)],
    ['a server error as its first event', serverError({ first: true })],
  ])('is asked for again after %s', (_, failure) => {
    expect(ask(get, failure)).toBe('yes')
    expect(ask(get, failure, { received: true })).toBe('yes')
  })

  test.each<[string, Failure]>([
    ['a certificate that is refused', futile],
    ['the total timeout', { code: 'timeout', timeout: 'total', after: 1 }],
    ['a 404', refused(404)],
    ['a 501', refused(501)],
    [
      'a wrong content type, also when the server says x-should-retry: true',
      contentType({ shouldRetry: true }),
    ],
    ['a wrong content type', contentType()],
    ['an event that is too large', tooLarge],
    ['an event that cannot be parsed', unparsable],
    ['a server error after events', serverError()],
    ['a server error that stands for no status to try again', serverError({ first: true, status: 400 })],
    ['204', { code: 'no-content', reply: reply({ status: 204 }) }],
  ])('is over after %s', (_, failure) => {
    expect(ask(get, failure)).toBe('no')
  })
})

describe('a request with another method, before its first byte,', () => {
  test.each<[string, Failure]>([
    ['a connection that was refused', unsent],
    ['429 with Retry-After', refused(429, { retryAfter: 0 })],
    ['503 with Retry-After', later],
    ['x-should-retry: true', refused(500, { shouldRetry: true })],
    ['429 with Retry-After as the first event', serverError({ first: true, status: 429, retryAfter: 1000 })],
  ])('is sent again after %s: it cannot have been accepted', (_, failure) => {
    expect(ask(post, failure)).toBe('yes')
  })

  test.each<[string, Failure]>([
    ['a reset', broken],
    ['silence', idle],
    ['429 without Retry-After', refused(429)],
    ['503 without Retry-After', busy],
    ['500 with Retry-After', refused(500, { retryAfter: 1000 })],
    ['503 as the first event', serverError({ first: true })],
  ])('is not sent again after %s, unless the app says so', (_, failure) => {
    expect(ask(post, failure)).toBe('barred')
    expect(ask(post, failure, { retry: unsafe })).toBe('yes')
  })

  test('is not sent again after a fault that will not pass, whatever the app says', () => {
    expect(ask(post, futile, { retry: unsafe })).toBe('no')
    expect(ask(post, refused(404), { retry: unsafe })).toBe('no')
    expect(ask(post, refused(503, { retryAfter: 1, shouldRetry: false }), { retry: unsafe })).toBe('no')
  })

  test('is not resumed: there is nothing yet to go on from', () => {
    expect(ask(resuming, broken, { resumable: true })).toBe('barred')
    expect(ask(classPost, broken, { resumable: true })).toBe('barred')
  })
})

describe('a request with another method, after its first byte,', () => {
  const received = true

  test('goes on only through resume, and only where that has something to go on from', () => {
    for (const failure of [broken, unsent, idle, truncated, busy]) {
      expect(ask(resuming, failure, { received, resumable: true })).toBe('yes')
      expect(ask(resuming, failure, { received, resumable: false })).not.toBe('yes')
    }
  })

  test('is never sent again by unsafe, by a refusal or by x-should-retry alone', () => {
    for (const failure of [broken, unsent, later, truncated, refused(500, { shouldRetry: true })]) {
      expect(ask(post, failure, { received, retry: unsafe })).toBe('barred')
    }
  })

  test('is never sent again for an error as the first event of a later reply, but what resumes it is', () => {
    const overloaded = serverError({ first: true, retryAfter: 1 })
    expect(ask(post, overloaded, { received, retry: unsafe })).toBe('barred')
    expect(ask(resuming, overloaded, { received, resumable: false })).toBe('barred')
    expect(ask(resuming, overloaded, { received, resumable: true })).toBe('yes')
  })

  test('is over after an error that follows events', () => {
    const given = { received, resumable: true, retry: unsafe }
    expect(ask(resuming, serverError({ retryAfter: 1 }), given)).toBe('no')
  })

  test('goes on by the class once the server has sent an ID, or when the app has said that it may be repeated', () => {
    expect(ask(classPost, broken, { received, resumable: true })).toBe('yes')
    expect(ask(classPost, broken, { received })).toBe('barred')
    expect(ask(classPost, broken, { received, retry: unsafe })).toBe('yes')
  })
})

describe('the class', () => {
  test('fails on every status but 200, unless `statuses` names it', () => {
    for (const failure of [busy, later, refused(500), refused(408)]) expect(ask(classGet, failure)).toBe('no')
    expect(ask(classGet, busy, { retry: { statuses: [503] } })).toBe('yes')
    expect(ask(classGet, refused(500), { retry: { statuses: [503] } })).toBe('no')
  })

  test('does not heed x-should-retry: true, as the standard knows no such header', () => {
    expect(ask(classGet, refused(500, { shouldRetry: true }))).toBe('no')
  })

  test('heeds x-should-retry: false where `statuses` would try again', () => {
    expect(ask(classGet, refused(503, { shouldRetry: false }), { retry: { statuses: [503] } })).toBe('no')
  })

  test('does not repeat a POST for a status in `statuses` without Retry-After', () => {
    expect(ask(classPost, busy, { retry: { statuses: [503] } })).toBe('barred')
    expect(ask(classPost, later, { retry: { statuses: [503] } })).toBe('yes')
  })
})

describe('a 401', () => {
  const refreshing = (policy: Policy): Policy => ({ ...policy, refreshes: true })
  const unauthorized = refused(401)

  test('is worth one attempt more where a function makes the headers, for every method and face', () => {
    for (const policy of [get, post, resuming, classGet, classPost]) {
      expect(ask(policy, unauthorized)).toBe('no')
      expect(ask(refreshing(policy), unauthorized)).toBe('yes')
      expect(ask(refreshing(policy), unauthorized, { refreshed: true })).toBe('no')
    }
  })

  test('is tried again like any status that the app names', () => {
    expect(ask(get, unauthorized, { retry: { statuses: [401] } })).toBe('yes')
    expect(ask(refreshing(get), unauthorized, { refreshed: true, retry: { statuses: [401] } })).toBe('yes')
  })

  test('is final when the server says so', () => {
    expect(ask(refreshing(get), refused(401, { shouldRetry: false }))).toBe('no')
  })

  test('is tried again as often as x-should-retry: true asks for it', () => {
    expect(ask(get, refused(401, { shouldRetry: true }), { refreshed: true })).toBe('yes')
  })

  test('counts inside the stream only as the very first event', () => {
    const inside = (first: boolean) => serverError({ status: 401, first })
    expect(wantsFreshHeaders(stateOf(get), inside(true), refreshing(get))).toBe(true)
    expect(wantsFreshHeaders(stateOf(get), inside(false), refreshing(get))).toBe(false)
    expect(wantsFreshHeaders(stateOf(get), refused(403), refreshing(get))).toBe(false)
  })

  test('on what resumes an answer is answered by the same with fresh headers, if there still is something to resume', () => {
    expect(ask(refreshing(resuming), unauthorized, { received: true, resumable: true })).toBe('yes')
    expect(ask(refreshing(resuming), unauthorized, { received: true })).toBe('barred')
  })
})

describe('when()', () => {
  test('decides last, either way, and undefined leaves the decision as it is', () => {
    expect(ask(get, broken, { retry: { when: () => false } })).toBe('no')
    expect(ask(get, refused(404), { retry: { when: () => true } })).toBe('yes')
    expect(ask(post, broken, { retry: { when: () => true } })).toBe('yes')
    expect(ask(get, broken, { retry: { when: () => undefined } })).toBe('yes')
    expect(ask(get, refused(404), { retry: { when: () => undefined } })).toBe('no')
    expect(ask(post, broken, { retry: { when: () => undefined } })).toBe('barred')
  })

  test('cannot send an answer again of which bytes have come', () => {
    expect(ask(post, broken, { received: true, retry: { when: () => true } })).toBe('barred')
    expect(ask(classPost, broken, { received: true, retry: { when: () => true } })).toBe('barred')
  })

  test('is told the attempt, and what would be done without it', () => {
    const heard: unknown[] = []
    const when: RetryPolicy['when'] = (failure, context) => void heard.push([failure, context])
    ask(get, broken, { retry: { when } })
    ask(post, broken, { retry: { when } })
    ask(get, refused(404), { retry: { when } })
    expect(heard).toEqual([
      [broken, { attempt: 0, willRetry: true }],
      [broken, { attempt: 0, willRetry: false }],
      [refused(404), { attempt: 0, willRetry: false }],
    ])
  })
})

test('goesOn() tells whether there is a request that goes on from where the stream stands', () => {
  const at = (policy: Policy, received: boolean, resumable: boolean) =>
    goesOn(stateOf(policy, { received }), { ...stamp, resumable }, policy)
  expect(at(get, false, false)).toBe(true)
  expect(at(classPost, true, true)).toBe(true)
  expect(at(classPost, true, false)).toBe(false)
  expect(at(classPost, false, true)).toBe(false)
  expect(at(resuming, true, true)).toBe(true)
  expect(at(resuming, true, false)).toBe(false)
  expect(at(resuming, false, true)).toBe(false)
  const unsafe = { ...classPost, retry: { ...classPost.retry, unsafe: true } }
  expect(at(unsafe, true, false)).toBe(true)
  expect(at(unsafe, false, false)).toBe(false)
})

test('mayRepeat() repeats nothing where the app wants one attempt only, and does not ask it', () => {
  const when = () => {
    throw new TypeError('asked')
  }
  expect(ask(get, broken, { retry: { once: true, when } })).toBe('no')
})

test('isRefusal() is true of a status, and of an error before which its reply has brought nothing', () => {
  expect(isRefusal(busy)).toBe(true)
  expect(isRefusal(serverError({ first: true }))).toBe(true)
  expect(isRefusal(serverError())).toBe(false)
  expect(isRefusal(broken)).toBe(false)
  expect(isRefusal(null)).toBe(false)
})
