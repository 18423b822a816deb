/**
 * Time against size in hostile cases. No comparison, but a check, which fails where twice the size takes more than 2.2
 * times as long: `node --conditions=@millrace/source benchmarks/parser/growth.ts`.
 */
import { spawnSync } from 'node:child_process'
import { createParser } from '@millrace/parser'
import { table } from '../../scripts/figures/table.ts'
import type { ParserConfig } from '@millrace/parser'

const utf8 = new TextEncoder()
const callbacks: ParserConfig = {
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

/** Milliseconds of CPU. */
function cpu(chunks: readonly Uint8Array[], maxBufferSize: number | undefined): number {
  const { feed } = createParser({ ...callbacks, maxBufferSize })
  const before = process.cpuUsage()
  for (const chunk of chunks) feed(chunk)
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000
}

const size = 4_000_000
const most = 2.2

/**
 * Room for all that a case keeps, such as the lines of an event without an end. With less of it each line costs two to
 * three times as much once the collector has to move what is kept, which is the case for some sizes of event and not for
 * the half of them, and tells nothing about the parser.
 */
const flags = ['--single-threaded', '--min-semi-space-size=256', '--max-semi-space-size=256']

function check(): void {
  const rows: string[][] = []
  // At twice the size the default limit is near enough for bytes to be counted.
  for (const maxBufferSize of [undefined, Infinity]) {
    for (const [name, { body, chunk }] of Object.entries(cases)) {
      const [single, double] = [chunksOf(body(size), chunk), chunksOf(body(size * 2), chunk)]
      let once = Infinity
      let twice = Infinity
      // The best of many runs, in turn, and of more where that is not enough: what else the machine does, and a
      // collection of garbage that meets only one of the two, can only make a run longer.
      for (let run = 0; run < 15 || (run < 60 && twice / once > most); run++) {
        once = Math.min(once, cpu(single, maxBufferSize))
        twice = Math.min(twice, cpu(double, maxBufferSize))
      }
      const factor = twice / once
      if (factor > most) process.exitCode = 1
      rows.push([
        `${name}, limit ${maxBufferSize ?? '16 MiB'}`,
        `${once.toFixed(1)} ms`,
        `${twice.toFixed(1)} ms`,
        factor.toFixed(2),
        factor > most ? 'TOO MUCH' : '',
      ])
    }
  }
  console.log(table(['hostile case', 'n', '2n', 'factor', ''], rows))
}

if (flags.every((flag) => process.execArgv.includes(flag))) check()
else {
  const args = [...process.execArgv, ...flags, import.meta.filename]
  process.exitCode = spawnSync(process.execPath, args, { stdio: 'inherit' }).status ?? 1
}
