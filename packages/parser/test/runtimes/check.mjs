/** What the built package must do in every runtime. No test runner, so that every runtime can. */
import assert from 'node:assert/strict'
import { parseEventStream } from '@millrace/parser'
import { encode } from '@millrace/parser/encode'
import { EventSourceParserStream } from '@millrace/parser/stream'

const utf8 = new TextEncoder()
const expected = [
  { id: '7', event: 'tick', data: 'two\nlines 水🏞' },
  { id: undefined, event: undefined, data: '' },
]
const text = `\uFEFF: hi\r\n${encode(expected[0])}retry: 5\r\rdata\n\ndata: cut`
const bytes = utf8.encode(text)

/** Chunks of so many bytes, each with memory of its own. */
const chunks = (length) =>
  Array.from({ length: Math.ceil(bytes.length / length) }, (_, i) =>
    bytes.slice(i * length, (i + 1) * length),
  )

/** @param createParser of the modules, or of their twins in CommonJS */
export async function check(createParser) {
  for (const length of [1, 2, 3, 7, bytes.length]) {
    const events = []
    const parser = createParser({ onEvent: (event) => events.push(event) })
    for (const chunk of chunks(length)) parser.feed(chunk)
    assert.deepEqual(events, expected)
    assert.equal(parser.pending, 4)
  }

  const pulled = []
  for await (const event of parseEventStream(new Response(bytes))) pulled.push(event)
  assert.deepEqual(pulled, expected)

  const piped = []
  const reader = new Response(bytes).body.pipeThrough(new EventSourceParserStream()).getReader()
  for (let read = await reader.read(); !read.done; read = await reader.read()) piped.push(read.value)
  assert.deepEqual(piped, expected)

  const limited = createParser({ maxBufferSize: 4 })
  limited.feed('data: much too long')
  assert.throws(() => limited.feed('x'), { name: 'ParseError', option: 'maxBufferSize' })
}
