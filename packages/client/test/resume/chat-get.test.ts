import { chatGet, fetchEventStream, type StreamEvent, type StreamOptions } from '@millrace/client'
import { scenario, type Step } from '@millrace/test-server/scenario'
import { describe, expect, test } from 'vitest'
import { readAll } from '../../../../test/support/read-all.ts'
import { play } from '../../../../test/support/remote.ts'
import { skipping } from '../../../../test/support/skipping.ts'
import { done, end, readInTwo } from './reading.ts'

describe('chatGet', () => {
  const chat = (
    onPost: readonly Step[],
    onGet: readonly Step[],
    more: Partial<StreamOptions<StreamEvent>> = {},
  ) =>
    readInTwo('https://app.test/api/chat', onPost, onGet, {
      json: { id: 'chat 1' },
      until: '[DONE]',
      resume: chatGet,
      ...more,
    })
  const part = (data: string): Step => ({ type: 'event', data })

  test('reads the chat again from its start, and drops what was handed over', async () => {
    const { data, outcome, asked } = await chat(
      [part('a'), part('b'), end],
      [part('a'), part('b'), part('c'), done, end],
    )

    expect(data).toEqual(['a', 'b', 'c'])
    expect(outcome.type).toBe('complete')
    expect(asked).toEqual(['POST https://app.test/api/chat', 'GET https://app.test/api/chat/chat%201/stream'])
  })

  test('gives up an answer of which five replies bring nothing but what was handed over', async () => {
    const dead = [part('a'), part('b'), end]
    const { data, error, outcome, asked } = await chat(dead, dead)

    expect(data).toEqual(['a', 'b'])
    expect(error).toMatchObject({ code: 'retries-exhausted', limit: 'maxAttempts' })
    expect(outcome.type).toBe('truncated')
    expect(asked).toHaveLength(6)
  })

  test('goes on for as long as each reply brings an event that is new', async () => {
    const alphabet = 'abcdefgh'
    const parts = Array.from(alphabet, part)
    await using server = await play(
      scenario(...parts.map((_, n) => [...parts.slice(0, n + 1), end]), [...parts, done, end]),
    )
    const { data, outcome } = await readAll(
      fetchEventStream(server.url, {
        json: { id: 'chat 1' },
        until: '[DONE]',
        resume: { ...chatGet, request: ({ request }) => ({ url: request.url }) },
        ...skipping().options,
      }),
    )

    expect(data.join('')).toBe(alphabet)
    expect(outcome).toMatchObject({ type: 'complete', attempts: 9 })
  })

  test('takes a 204 after a cut for what it is: nothing runs, the answer is cut', async () => {
    const { outcome } = await chat([part('a'), end], [{ type: 'status', status: 204 }, end])

    expect(outcome).toMatchObject({ type: 'truncated', events: 1 })
  })

  test('asks below an address that ends in a slash, and for no chat that has no ID', async () => {
    const options = { json: { id: 'c' }, until: '[DONE]', resume: chatGet }
    const { asked } = await readInTwo('https://app.test/api/chat/', [part('a'), end], [done, end], options)
    expect(asked[1]).toBe('GET https://app.test/api/chat/c/stream')

    const nameless = await chat([part('a'), end], [done, end], { json: {} })
    expect(nameless.error).toMatchObject({ code: 'truncated' })
    expect(nameless.outcome.resumable).toBe(false)
    expect(nameless.asked).toHaveLength(1)

    const cold = await chat([], [done, end], { json: {}, cursor: nameless.stream.cursor })
    expect(cold.error).toMatchObject({ code: 'truncated' })
    expect(cold.asked).toEqual([])
  })

  test.each(['..', '.', ''])('asks for no chat of the ID "%s", which would lead elsewhere', async (id) => {
    const { outcome, asked } = await chat([part('a'), end], [done, end], { json: { id } })

    expect(outcome).toMatchObject({ type: 'truncated', resumable: false })
    expect(asked).toHaveLength(1)
  })

  test('keeps an ID with slashes in its place', async () => {
    const { asked } = await chat([part('a'), end], [done, end], { json: { id: '../../admin' } })

    expect(asked[1]).toBe('GET https://app.test/api/chat/..%2F..%2Fadmin/stream')
  })

  test('ends quietly when nothing is running at a cold start', async () => {
    const { data, error, outcome, asked } = await chat([], [{ type: 'status', status: 204 }, end], {
      cursor: { lastEventId: '', events: 0 },
    })

    expect([data, error]).toEqual([[], null])
    expect(outcome).toMatchObject({ type: 'ended', attempts: 1 })
    expect(asked).toEqual(['GET https://app.test/api/chat/chat%201/stream'])
  })

  test('takes a 204 for no quiet end once a cold start has brought a part of the answer', async () => {
    await using server = await play(
      scenario([part('a'), { type: 'hang' }], [{ type: 'status', status: 204 }, end]),
    )
    const stream = fetchEventStream(server.url, {
      json: { id: 'chat 1' },
      until: '[DONE]',
      resume: { ...chatGet, request: ({ request }) => ({ url: request.url }) },
      cursor: { lastEventId: '', events: 0 },
    })
    const { data, error, outcome } = await readAll(stream, () => stream.reconnect())

    expect(data).toEqual(['a'])
    expect(error).toMatchObject({ code: 'no-content' })
    expect(outcome.type).toBe('truncated')
  })
})
