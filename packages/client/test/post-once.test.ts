import { fetchEventStream, lastEventIdGet, type StreamEvent, type StreamOptions } from '@millrace/client'
import { scenario, scenarioOf, type Scenario, type Step } from '@millrace/test-server/scenario'
import { describe, expect, test } from 'vitest'
import { readAll } from '../../../test/support/read-all.ts'
import { play } from '../../../test/support/remote.ts'
import { skipping } from '../../../test/support/skipping.ts'

const word: Step = { type: 'event', data: 'word', id: '1' }
const done: Step = { type: 'event', data: '[DONE]' }
const end: Step = { type: 'end' }

/** Posts, reads to the end, then lets a day pass: what came of it, and every request on the wire. */
async function post(given: Scenario, options: StreamOptions<StreamEvent> = {}) {
  await using server = await play(given)
  const time = skipping()
  const stream = fetchEventStream(server.url, { json: {}, until: '[DONE]', ...time.options, ...options })
  const read = await readAll(stream)
  await time.advance(24 * 60 * 60 * 1000)
  return { ...read, time, requests: await server.requests() }
}

function refusing(status: number, headers: Record<string, string> = {}): Step[] {
  return [{ type: 'status', status }, { type: 'headers', headers }, end]
}

describe('a POST is sent once', () => {
  test.each<[string, Step[], string]>([
    ['is finished', [word, done, end], 'complete'],
    ['ends cleanly without the terminator', [word, end], 'truncated'],
    ['ends without a byte', [{ type: 'open' }, end], 'truncated'],
    ['is refused with 500', refusing(500), 'server-error'],
    ['is refused with 429 that names no time', refusing(429), 'server-error'],
    ['is refused with 401 and headers are a value', refusing(401), 'server-error'],
    [
      'has another content type',
      [{ type: 'headers', headers: { 'content-type': 'text/html' } }, word, end],
      'invalid',
    ],
    [
      'is refused with 503 and a time, and x-should-retry: false',
      refusing(503, { 'retry-after': '1', 'x-should-retry': 'false' }),
      'server-error',
    ],
  ])('when its answer %s', async (_, steps, outcome) => {
    const { requests, outcome: got, time } = await post(scenario(steps), { headers: { 'x-k': 'v' } })

    expect(requests).toHaveLength(1)
    expect(got).toMatchObject({ type: outcome, attempts: 1 })
    expect(time.due).toEqual([])
  })

  test('when reconnect() is called after its first byte, and the error names what would go on', async () => {
    await using server = await play(scenario([word, { type: 'hang' }]))
    const stream = fetchEventStream(server.url, { json: {}, retry: { unsafe: true } })
    const { error } = await readAll(stream, () => stream.reconnect())

    const message = expect.stringContaining('A stream needs `resume`')
    expect(error).toMatchObject({ code: 'not-repeated', message })
    expect(await server.requests(1)).toHaveLength(1)
  })

  test('when its answer is reset', async () => {
    await using server = await play(scenario([word, { type: 'gate', name: 'reset' }, { type: 'reset' }]))
    const time = skipping()
    const stream = fetchEventStream(server.url, { json: {}, until: '[DONE]', ...time.options })
    const { data, outcome, error } = await readAll(stream, () => server.release('reset'))
    await time.advance(24 * 60 * 60 * 1000)

    expect(data).toEqual(['word'])
    expect(outcome).toMatchObject({ type: 'network', events: 1, attempts: 1, resumable: false })
    expect(error).toMatchObject({ code: 'network', willRetry: false })
    expect(await server.requests()).toHaveLength(1)
  })

  test('when its answer falls silent', async () => {
    await using server = await play(scenario([word, { type: 'hang' }]))
    const time = skipping()
    const stream = fetchEventStream(server.url, { json: {}, until: '[DONE]', ...time.options })
    const reading = readAll(stream, () => void queueMicrotask(() => void time.advance(24 * 60 * 60 * 1000)))

    expect((await reading).outcome).toMatchObject({ type: 'timeout', attempts: 1 })
    expect((await reading).error).toMatchObject({ timeout: 'idle' })
    expect(await server.requests()).toHaveLength(1)
  })

  test('with an idempotency key, once a body byte has come', async () => {
    const { requests, outcome } = await post(scenario([word, end]), { idempotencyKey: 'k-1' })

    expect(outcome).toMatchObject({ type: 'truncated', attempts: 1 })
    expect(requests).toHaveLength(1)
  })
})

describe('a POST is sent again before the first body byte', () => {
  test('once after a 401 when headers is a function, which sees the reply', async () => {
    const seen: unknown[] = []
    const { requests, outcome } = await post(
      scenarioOf([
        { on: { headers: { authorization: 'Bearer 2' } }, steps: [word, done, end] },
        {
          steps: [
            { type: 'status', status: 401 },
            { type: 'headers', headers: { 'x-request-id': 'old' } },
            end,
          ],
        },
      ]),
      {
        headers: ({ attempt, previous }) => {
          seen.push([attempt, previous?.status, previous?.headers['x-request-id'], previous?.error.code])
          return { authorization: `Bearer ${attempt}` }
        },
      },
    )

    expect(outcome).toMatchObject({ type: 'complete', attempts: 2 })
    expect(requests.map(({ headers }) => headers['authorization'])).toEqual(['Bearer 1', 'Bearer 2'])
    expect(seen).toEqual([
      [1, undefined, undefined, undefined],
      [2, 401, 'old', 'http-status'],
    ])
  })

  test('not twice after a 401', async () => {
    const { requests, error } = await post(scenario(refusing(401)), { headers: () => ({}) })

    expect(error).toMatchObject({ code: 'http-status', status: 401 })
    expect(requests).toHaveLength(2)
  })

  test.each([429, 503])('after a %i that names a time, which is waited for', async (status) => {
    const { requests, outcome, time } = await post(
      scenario(refusing(status, { 'retry-after': '7' }), [word, done, end]),
    )

    expect(outcome).toMatchObject({ type: 'complete', attempts: 2 })
    expect(requests).toHaveLength(2)
    expect(time.delays).toEqual([7000])
  })

  test('after any refusal with x-should-retry: true', async () => {
    const { requests, outcome } = await post(
      scenario(refusing(400, { 'x-should-retry': 'true' }), [word, done, end]),
    )

    expect(outcome).toMatchObject({ type: 'complete', attempts: 2 })
    expect(requests).toHaveLength(2)
  })

  test('five times in all, then it is an error', async () => {
    const { requests, error } = await post(scenario(refusing(503, { 'retry-after': '1' })))

    expect(error).toMatchObject({ code: 'retries-exhausted', limit: 'maxAttempts', status: 503 })
    expect(requests).toHaveLength(5)
  })

  test('with the same idempotency key on each try, after what may have been accepted', async () => {
    const { requests, outcome } = await post(scenario(refusing(500), refusing(503), [word, done, end]), {
      idempotencyKey: 'k-7',
    })

    expect(outcome).toMatchObject({ type: 'complete', attempts: 3 })
    expect(requests.map(({ headers }) => headers['idempotency-key'])).toEqual(['k-7', 'k-7', 'k-7'])
  })

  test('with unsafe: true, after what may have been accepted', async () => {
    const { requests, outcome } = await post(scenario(refusing(500), [word, done, end]), {
      retry: { unsafe: true },
    })

    expect(outcome).toMatchObject({ type: 'complete', attempts: 2 })
    expect(requests).toHaveLength(2)
  })

  test('when headers could not be made, since nothing was sent', async () => {
    const { requests, outcome } = await post(scenario([word, done, end]), {
      headers: ({ attempt }) => {
        if (attempt < 3) throw new TypeError('offline')
        return {}
      },
    })

    expect(outcome).toMatchObject({ type: 'complete', attempts: 3 })
    expect(requests).toHaveLength(1)
  })

  test('not when the error of headers is marked fatal', async () => {
    const { requests, error } = await post(scenario([word, done, end]), {
      headers: () => {
        throw Object.assign(new TypeError('signed out'), { fatal: true })
      },
    })

    expect(error).toMatchObject({ code: 'invalid-option', attempt: 1, cause: { message: 'signed out' } })
    expect(requests).toHaveLength(0)
  })

  test('after an error as the first event, as if the status had said so', async () => {
    const overload: Step = { type: 'event', event: 'error', data: '{"error":{"type":"overloaded_error"}}' }
    const errorOf = (event: StreamEvent) =>
      event.type === 'error' ? { message: 'overloaded', status: 503, retryAfter: 2000 } : null
    const { requests, data, outcome, time } = await post(scenario([overload, end], [word, done, end]), {
      errorOf,
      resume: lastEventIdGet,
    })

    expect(data).toEqual(['word'])
    expect(outcome).toMatchObject({ type: 'complete', attempts: 2 })
    expect(requests.map(({ method }) => method)).toEqual(['POST', 'POST'])
    expect(time.delays).toEqual([2000])
  })

  describe('after an error as the first event no more often than after the status that it stands for:', () => {
    const refused = scenario([{ type: 'event', event: 'error', data: 'no' }, end])
    const standsFor =
      (status: number, retryAfter = 0) =>
      ({ type }: StreamEvent) =>
        type === 'error' ? { message: 'no', status, retryAfter } : null

    test('five times in all', async () => {
      const { requests, error } = await post(refused, { errorOf: standsFor(503) })

      expect(error).toMatchObject({ code: 'retries-exhausted', limit: 'maxAttempts', status: 503 })
      expect(requests).toHaveLength(5)
    })

    test('for as long as maxElapsed allows', async () => {
      const retry = { maxElapsed: 10_000, maxAttempts: Infinity }
      const { requests, error } = await post(refused, { errorOf: standsFor(503, 4000), retry })

      expect(error).toMatchObject({ code: 'retries-exhausted', limit: 'maxElapsed' })
      expect(requests).toHaveLength(3) // at 0, 4 and 8 s
    })

    test('once with fresh headers where it is a 401', async () => {
      const { requests, error } = await post(refused, { errorOf: standsFor(401), headers: () => ({}) })

      expect(error).toMatchObject({ code: 'server-error', status: 401 })
      expect(requests).toHaveLength(2)
    })
  })

  describe('an error as the first event of a later reply counts as a status, too:', () => {
    const overload: Step = { type: 'event', event: 'error', data: '' }
    const errorOf = ({ type }: StreamEvent) =>
      type === 'error' ? { message: 'overloaded', status: 503, retryAfter: 2000 } : null

    test('what resumes an answer is asked for again, and the POST is not', async () => {
      const { requests, data, outcome, time } = await post(
        scenario([word, end], [overload, end], [{ type: 'event', data: 'more', id: '2' }, done, end]),
        { errorOf, resume: lastEventIdGet },
      )

      expect(data).toEqual(['word', 'more'])
      expect(outcome).toMatchObject({ type: 'complete', attempts: 3 })
      expect(requests.map(({ method, lastEventId }) => [method, lastEventId])).toEqual([
        ['POST', null],
        ['GET', '1'],
        ['GET', '1'],
      ])
      expect(time.delays.at(-1)).toBe(2000)
    })

    test('the POST is not sent again where that reply has taken the ID to resume from', async () => {
      const noId: Step = { type: 'text', text: 'id\n\n' }
      const { requests, error } = await post(
        scenario([word, end], [noId, overload, end], [word, done, end]),
        { errorOf, resume: lastEventIdGet },
      )

      expect(error).toMatchObject({ code: 'server-error', status: 503 })
      expect(requests.map(({ method }) => method)).toEqual(['POST', 'GET'])
    })

    test('a subscription goes on, also from the cursor of an earlier one', async () => {
      const script = scenario([overload, end], [{ type: 'event', data: 'more', id: '2' }, done, end])
      const { requests, data, outcome } = await post(script, {
        errorOf,
        json: undefined,
        cursor: { lastEventId: '1', events: 1 },
      })

      expect(data).toEqual(['more'])
      expect(outcome).toMatchObject({ type: 'complete', events: 2 })
      expect(requests.map(({ lastEventId }) => lastEventId)).toEqual(['1', '1'])
    })
  })

  test('what goes on from a cursor, until a 204 says that nothing is left', async () => {
    const { requests, outcome, error } = await post(scenario(refusing(503), refusing(204)), {
      resume: lastEventIdGet,
      cursor: { lastEventId: '1', events: 1 },
    })

    expect(error).toBeNull()
    expect(outcome).toMatchObject({ type: 'ended', events: 1 })
    expect(requests.map(({ method, lastEventId }) => [method, lastEventId])).toEqual([
      ['GET', '1'],
      ['GET', '1'],
    ])
  })

  test('without the ID of the event that refused it', async () => {
    const overload: Step = { type: 'event', id: '9', event: 'error', data: '' }
    const { requests } = await post(scenario([overload, end], [word, done, end]), {
      errorOf: ({ type }) =>
        type === 'error' ? { message: 'overloaded', status: 503, retryAfter: 0 } : null,
    })

    expect(requests.map(({ method, lastEventId }) => [method, lastEventId])).toEqual([
      ['POST', null],
      ['POST', null],
    ])
  })

  test('not after the same error as the second event', async () => {
    const overload: Step = { type: 'event', event: 'error', data: '' }
    const { requests, data, error } = await post(scenario([word, overload, end], [word, done, end]), {
      errorOf: (event) =>
        event.type === 'error' ? { message: 'overloaded', status: 503, retryAfter: 0 } : null,
    })

    expect(data).toEqual(['word'])
    expect(error).toMatchObject({
      code: 'server-error',
      status: 503,
      message: 'The server sent an error: overloaded',
    })
    expect(requests).toHaveLength(1)
  })
})

describe('retry.when', () => {
  test('decides last against another attempt', async () => {
    const asked: unknown[] = []
    const { requests, error } = await post(scenario(refusing(503, { 'retry-after': '1' })), {
      retry: {
        when: ({ code, status }, { attempt, willRetry }) => {
          asked.push({ code, status, attempt, willRetry })
          return false
        },
      },
    })

    expect(error).toMatchObject({ code: 'http-status', status: 503, willRetry: false })
    expect(requests).toHaveLength(1)
    expect(asked).toEqual([{ code: 'http-status', status: 503, attempt: 1, willRetry: true }])
  })

  test('decides last for another attempt', async () => {
    const { requests, outcome } = await post(scenario(refusing(418), [word, done, end]), {
      retry: { when: ({ status }) => status === 418 || undefined },
    })

    expect(outcome.type).toBe('complete')
    expect(requests).toHaveLength(2)
  })

  test('that throws ends the stream with its error as the cause', async () => {
    const { requests, error } = await post(scenario(refusing(503, { 'retry-after': '1' })), {
      retry: {
        when: () => {
          throw new TypeError('no rule')
        },
      },
    })

    expect(error).toMatchObject({ code: 'invalid-option', cause: { message: 'no rule' } })
    expect(requests).toHaveLength(1)
  })
})
