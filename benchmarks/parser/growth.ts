/**
 * Time against size in hostile cases, and what a kept event holds. No comparison, but a check:
 * `node --expose-gc benchmarks/parser/growth.ts`.
 */
import { createParser } from '@millrace/parser'
import { table } from '../method/table.ts'
import type { ParserConfig } from '@millrace/parser'

const utf8 = new TextEncoder()
const config: ParserConfig = {
  maxBufferSize: Infinity,
  onEvent: () => {},
  onComment: () => {},
  onId: () => {},
}

/** Each gives a body of about so many bytes, and the size of its chunks. */
const cases: Record<string, { body: (bytes: number) => string; chunk: number }> = {
  'LF lines with one CR first, one chunk': {
    body: (n) => `\r${'data: x\n\n'.repeat(n / 9)}`,
    chunk: Infinity,
  },
  'LF lines with one CR last, one chunk': {
    body: (n) => `${'data: x\n\n'.repeat(n / 9)}\r`,
    chunk: Infinity,
  },
  'CR lines with one LF, one chunk': { body: (n) => `${'data: x\r\r'.repeat(n / 9)}\n`, chunk: Infinity },
  'endless data line, 16 KB': { body: (n) => `data: ${'x'.repeat(n)}`, chunk: 16_384 },
  'endless data line, 16 B': { body: (n) => `data: ${'x'.repeat(n / 4)}`, chunk: 16 },
  'endless line without colon, 16 KB': { body: (n) => 'x'.repeat(n * 8), chunk: 16_384 },
  'endless line without colon, 16 B': { body: (n) => 'x'.repeat(n / 4), chunk: 16 },
  'empty lines': { body: (n) => '\n'.repeat(n), chunk: 16_384 },
  comments: { body: (n) => ':\n'.repeat(n / 2), chunk: 16_384 },
  'data lines of one event': { body: (n) => 'data:\n'.repeat(n / 6), chunk: 16_384 },
  'data lines of one event, 16 B': { body: (n) => 'data:水\n'.repeat(n / 36), chunk: 16 },
  'unknown fields': { body: (n) => 'a: b\n'.repeat(n / 5), chunk: 16_384 },
  'ids with a NUL': { body: (n) => 'id: \0\n'.repeat(n / 6), chunk: 16_384 },
}

function chunksOf(body: string, size: number): Uint8Array[] {
  const bytes = utf8.encode(body)
  if (size === Infinity) return [bytes]
  return Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) =>
    bytes.slice(i * size, (i + 1) * size),
  )
}

/** Milliseconds of CPU, the best of seven. */
function cpu(chunks: readonly Uint8Array[]): number {
  let best = Infinity
  for (let run = 0; run < 7; run++) {
    const { feed } = createParser(config)
    const before = process.cpuUsage()
    for (const chunk of chunks) feed(chunk)
    const { user, system } = process.cpuUsage(before)
    best = Math.min(best, (user + system) / 1000)
  }
  return best
}

const size = 4_000_000
const rows = Object.entries(cases).map(([name, { body, chunk }]) => {
  const once = cpu(chunksOf(body(size), chunk))
  const twice = cpu(chunksOf(body(size * 2), chunk))
  return [name, `${once.toFixed(1)} ms`, `${twice.toFixed(1)} ms`, (twice / once).toFixed(2)]
})
console.log(table(['hostile case', 'n', '2n', 'factor'], rows))

/** Bytes of heap for each kept event of 256 characters, one of 64, from chunks of 64 KB. */
function keptBytes(detach: boolean): number {
  const { gc } = globalThis
  if (gc === undefined) throw new TypeError('Run it with node --expose-gc')
  const event = utf8.encode(`data: ${'x'.repeat(256)}\n\n`)
  const perChunk = Math.floor(65_536 / event.length)
  const kept: string[] = []
  let count = 0
  const { feed } = createParser({ detach, onEvent: ({ data }) => count++ % 64 === 0 && kept.push(data) })
  gc()
  const before = process.memoryUsage().heapUsed
  for (let i = 0; i < 400; i++) {
    const chunk = new Uint8Array(event.length * perChunk)
    for (let at = 0; at < perChunk; at++) chunk.set(event, at * event.length)
    feed(chunk)
  }
  gc()
  return (process.memoryUsage().heapUsed - before) / kept.length
}

console.log(`\nheap for a kept event of 256 characters, one of 64: ${keptBytes(false).toFixed(0)} bytes`)
console.log(`with detach: ${keptBytes(true).toFixed(0)} bytes`)
