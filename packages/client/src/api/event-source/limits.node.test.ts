import { EventSource, type EventSourceInit } from '@millrace/client'
import { virtualTime } from '@millrace/client/testing'
import { expect, test } from 'vitest'
import { hear } from '../../../../../test/support/heard.ts'

/** What a source tells of a body that comes in one chunk, or byte by byte. */
async function told(text: string, limits: EventSourceInit['limits'], cut: 'whole' | 'bytes') {
  const time = virtualTime()
  const bytes = new TextEncoder().encode(text)
  const chunks = cut === 'whole' ? [bytes] : Array.from(bytes, (byte) => Uint8Array.of(byte))
  const start = (it: ReadableStreamDefaultController) => chunks.forEach((chunk) => it.enqueue(chunk))
  const source = new EventSource('http://127.0.0.1/', {
    runtime: time.runtime,
    ...(limits && { limits }),
    fetch: async () =>
      new Response(new ReadableStream({ start }), { headers: { 'content-type': 'text/event-stream' } }),
  })
  const heard = hear(source, 'message', 'error')
  await time.advance(100)
  source.close()
  return heard
}

const event = (data: string) => `id: 1\ndata: ok\n\ndata: ${data}\n\ndata: after\n\n`
const tooLarge = (limit: string) => ({ error: { code: 'too-large', limit, willRetry: false } })

test('an event of just limits.event is told; one of a byte more ends the source, and what came before it stays', async () => {
  const kept = await told(event('é'.repeat(50)), { event: 100 }, 'whole')
  expect(kept.log).toEqual(['ok', 'é'.repeat(50), 'after'])
  const ended = await told(event(`${'é'.repeat(50)}!`), { event: 100 }, 'whole')
  expect(ended.log).toEqual(['ok', 'error'])
  expect(ended.all[1]).toMatchObject(tooLarge('event'))
})

test('byte by byte the line that comes counts with its name, and nothing is held beyond the limit', async () => {
  expect((await told(event('x'.repeat(94)), { event: 100 }, 'bytes')).log).toHaveLength(3)
  const ended = await told(event('x'.repeat(100)), { event: 100 }, 'bytes')
  expect(ended.all.at(-1)).toMatchObject(tooLarge('event'))
})

test.each(['whole', 'bytes'] as const)(
  'an ID of just limits.id is taken, one of a byte more is not (%s)',
  async (cut) => {
    const withId = (id: string) => `id: ${id}\ndata: a\n\n`
    const kept = await told(withId('é'.repeat(10)), { id: 20 }, cut)
    expect(kept.all).toMatchObject([{ data: 'a', lastEventId: 'é'.repeat(10) }])
    const ended = await told(withId(`${'é'.repeat(10)}!`), { id: 20 }, cut)
    expect(ended.all).toMatchObject([tooLarge('id')])
  },
)

test('by default an event may have 16 MiB, and an ID, a name or a comment 64 KiB', async () => {
  const data = (size: number) => told(`data: ${'x'.repeat(size)}\n\n`, undefined, 'whole')
  expect((await data(16 * 1024 * 1024)).all).toMatchObject([{ type: 'message' }])
  expect((await data(16 * 1024 * 1024 + 1)).all).toMatchObject([tooLarge('event')])
  for (const field of ['id: ', 'event: ', ': ']) {
    const of = (size: number) => told(`${field}${'x'.repeat(size)}\ndata: a\n\n`, undefined, 'whole')
    expect((await of(65_536)).log, field).not.toContain('error')
    expect((await of(65_537)).all, field).toMatchObject([tooLarge('id')])
  }
})

test('the error of a comment that is too long names the option, and calls the comment no ID', async () => {
  const ended = await told(`: ${'x'.repeat(101)}\ndata: a\n\n`, { id: 100 }, 'whole')
  const message = 'Too large: over 100 bytes (limits: id)'
  expect(ended.all).toMatchObject([{ error: { code: 'too-large', limit: 'id', message } }])
})
