import { EventSource, fetchEventStream, type StreamEvent, type StreamOptions } from '@millrace/client'
import { scenario, type Step } from '@millrace/test-server/scenario'
import { describe, expect, test } from 'vitest'
import { hear } from '../../../test/support/heard.ts'
import { readAll } from '../../../test/support/read-all.ts'
import { play } from '../../../test/support/remote.ts'
import { skipping } from '../../../test/support/skipping.ts'

const cause = new RangeError('a bug of the app')
const rejects = () => Promise.reject(cause)
const throws = (): never => {
  throw cause
}

/** Fails at its first call only. */
function once<T>(fail: () => T): () => T | undefined {
  let called = false
  return () => {
    if (called) return undefined
    called = true
    return fail()
  }
}

const word: Step = { type: 'event', data: 'word', id: '1' }
const done: Step = { type: 'event', data: '[DONE]' }
const named = (name: string) => ({
  code: 'invalid-option',
  message: `\`${name}\` threw an error; see \`cause\``,
  cause,
})

describe('a function among the options that throws is a failed attempt, which says whose it is', () => {
  test.each<[string, StreamOptions<StreamEvent>]>([
    ['headers', { json: {}, headers: once(throws) }],
    ['headers', { json: {}, headers: once(rejects) }],
    ['body', { method: 'POST', body: once(throws) }],
    ['body', { method: 'POST', body: once(rejects) }],
  ])('fetchEventStream() with %s tries again: no request was sent', async (name, options) => {
    await using server = await play(scenario([word, done]))
    const time = skipping()
    const stream = fetchEventStream(server.url, { until: '[DONE]', ...time.options, ...options })
    const { outcome } = await readAll(stream)

    expect(outcome).toMatchObject({ type: 'complete', attempts: 2 })
    const errors = time.observations.flatMap((seen) => (seen.type === 'error' ? [seen.error] : []))
    expect(errors).toMatchObject([{ ...named(name), willRetry: true }])
    expect(await server.requests(1)).toHaveLength(1)
  })

  test.each([throws, rejects])('fetchEventStream() with resume tries again', async (fail) => {
    await using server = await play(
      scenario([word, { type: 'gate', name: 'cut' }, { type: 'reset' }], [done]),
    )
    const time = skipping()
    const failing = once<Promise<null> | null>(fail)
    const stream = fetchEventStream(server.url, {
      json: {},
      until: '[DONE]',
      resume: ({ request }) => failing() ?? { url: request.url },
      ...time.options,
    })
    const { outcome } = await readAll(stream, () => server.release('cut'))

    expect(outcome).toMatchObject({ type: 'complete', attempts: 3 })
    const errors = time.observations.flatMap((seen) => (seen.type === 'error' ? [seen.error] : []))
    expect(errors).toMatchObject([{ code: 'network' }, { ...named('resume'), willRetry: true }])
  })

  test('new EventSource() goes on, from another origin, too', async () => {
    await using server = await play(scenario([word, { type: 'hang' }]))
    const { runtime, observe } = skipping().options
    const source = new EventSource(server.url, { headers: once(rejects), runtime, observe })
    const heard = hear(source, 'error', 'message')
    const message = await heard.nth('message')
    source.close()

    expect(message).toMatchObject({ data: 'word' })
    expect(heard.all[0]).toMatchObject({ message: named('headers').message, error: named('headers') })
    expect(heard.log).toEqual(['error', 'word'])
  })
})

describe('a function among the options that throws is the end', () => {
  test('once its attempts are used up: what gave up tells why', async () => {
    const stream = fetchEventStream('https://a.example/', {
      headers: rejects,
      retry: { maxAttempts: 2 },
      ...skipping().options,
    })
    const { error, outcome } = await readAll(stream)
    expect(outcome).toMatchObject({ type: 'invalid', attempts: 2 })
    expect(error).toMatchObject({ code: 'retries-exhausted', cause: named('headers') })
  })

  test('when its error is marked fatal', async () => {
    const fatal = Object.assign(new TypeError('signed out'), { fatal: true })
    const stream = fetchEventStream('https://a.example/', { headers: () => Promise.reject(fatal) })
    const { error, outcome } = await readAll(stream)
    expect(outcome).toMatchObject({ type: 'invalid', attempts: 1 })
    expect(error).toMatchObject({ ...named('headers'), cause: fatal, willRetry: false })
  })

  test('where its answer was needed for a decision: retry.when, accept', async () => {
    const refused = async () => new Response('', { status: 503 })
    for (const options of [{ retry: { when: throws } }, { accept: throws }]) {
      const { error, outcome } = await readAll(
        fetchEventStream('https://a.example/', { fetch: refused, ...options }),
      )
      expect(outcome).toMatchObject({ type: 'invalid', attempts: 1 })
      expect(error).toMatchObject({ code: 'invalid-option', cause, willRetry: false })
      expect(error?.message).toMatch(/`when`, `accept`.* threw an error; see `cause`/)
    }
  })

  test('of the attempt, with whatever it throws', async () => {
    for (const nothing of [undefined, null, 'text']) {
      const { error } = await readAll(
        fetchEventStream('https://a.example/', { headers: () => Promise.reject(nothing), retry: false }),
      )
      expect(error).toMatchObject({ ...named('headers'), cause: nothing ?? null })
    }
  })
})
