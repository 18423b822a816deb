import { openaiBackground, type Cursor, type StreamEvent, type StreamOptions } from '@millrace/client'
import type { Step } from '@millrace/test-server/scenario'
import { describe, expect, test } from 'vitest'
import { end, readInTwo } from './reading.ts'

describe('openaiBackground', () => {
  const numbered = (n: number, more: object = {}): Step => ({
    type: 'event',
    event: n === 0 ? 'response.created' : 'response.output_text.delta',
    data: JSON.stringify({ sequence_number: n, ...more }),
  })
  const created = numbered(0, { response: { id: 'resp_1' } })
  const completed: Step = { type: 'event', event: 'response.completed', data: '{"sequence_number":9}' }
  const numbersOf = (data: readonly unknown[]) => data.map((text) => JSON.parse(String(text)).sequence_number)

  const background = (
    onPost: readonly Step[],
    onGet: readonly Step[],
    more: Partial<StreamOptions<StreamEvent>> = {},
  ) =>
    readInTwo('https://api.test/v1/responses?api-version=1', onPost, onGet, {
      json: { background: true },
      resume: openaiBackground,
      until: { event: 'response.completed' },
      ...more,
    })

  test('goes on after the last sequence number of the response that was created', async () => {
    const { data, outcome, asked } = await background(
      [created, numbered(1), numbered(2), end],
      [numbered(3), completed, end],
    )

    expect(numbersOf(data)).toEqual([0, 1, 2, 3, 9])
    expect(outcome).toMatchObject({ type: 'complete', attempts: 2 })
    expect(asked[1]).toBe(
      'GET https://api.test/v1/responses/resp_1?api-version=1&stream=true&starting_after=2',
    )
  })

  test('drops what the server sends again by its number', async () => {
    const { data } = await background(
      [created, numbered(1), numbered(2), end],
      [numbered(1), numbered(2), numbered(3), completed, end],
    )

    expect(numbersOf(data)).toEqual([0, 1, 2, 3, 9])
  })

  const unnumbered: Step = { type: 'event', event: 'response.created', data: '{"response":{"id":"resp_1"}}' }

  test.each([
    ['the ID of the response', numbered(1)],
    ['a sequence number', unnumbered],
    ['an ID that stays below the URL', numbered(0, { response: { id: '..' } })],
  ])('does not go on before there is %s', async (_, only) => {
    const { error, outcome, stream, asked } = await background([only, end], [completed, end])

    expect(error).toMatchObject({ code: 'truncated' })
    expect(outcome.resumable).toBe(false)
    expect(asked).toHaveLength(1)

    const cold = await background([], [completed, end], { cursor: stream.cursor })
    expect(cold.error).toMatchObject({ code: 'truncated' })
    expect(cold.asked).toEqual([])
  })

  test('leaves an answer that was not asked for in the background as it was cut: there is no rest of it', async () => {
    const foreground = { json: { model: 'm' } }
    const { error, outcome, stream, asked } = await background([created, numbered(1), end], [], foreground)
    expect(error).toMatchObject({ code: 'truncated', willRetry: false })
    expect(outcome).toMatchObject({ type: 'truncated', resumable: false })
    expect(asked).toHaveLength(1)

    const cold = await background([], [completed, end], { ...foreground, cursor: stream.cursor })
    expect([cold.error?.code, cold.asked]).toEqual(['truncated', []])
    const unknown = await background([], [completed, end], {
      method: 'POST',
      json: undefined,
      cursor: stream.cursor,
    })
    expect(unknown.outcome.type).toBe('complete')
  })

  test('keeps the last number over an event that has none', async () => {
    const { data, asked } = await background([created, numbered(1), unnumbered, end], [completed, end])

    expect(data).toHaveLength(4)
    expect(asked[1]).toContain('starting_after=1')
  })

  test('goes on from a cursor that was saved as JSON, with a GET as the first request', async () => {
    const first = await background([created, numbered(1), end], [{ type: 'status', status: 404 }, end])
    const saved: Cursor = JSON.parse(JSON.stringify(first.stream.cursor))
    const { data, outcome, asked } = await background([], [numbered(1), numbered(2), completed, end], {
      cursor: saved,
    })

    expect(numbersOf(data)).toEqual([2, 9])
    expect(outcome).toMatchObject({ type: 'complete', attempts: 1 })
    expect(asked).toEqual([
      'GET https://api.test/v1/responses/resp_1?api-version=1&stream=true&starting_after=1',
    ])
  })
})
