/**
 * One process, one contestant: prints bytes of heap for one event. Runs with a young generation so large that nothing
 * is collected in between, and with `--expose-gc`.
 */
import { spread } from '../../scripts/figures/statistics.ts'
import { contestants } from './contestants.ts'
import { chunksOf } from './workloads.ts'
import type { Contestant } from './contestants.ts'

export interface MemoryTask {
  contestant: string
  /** What is allocated for each event of W1 in 16 KB chunks; or what stays of each kept event, if one of 64 is kept. */
  what: 'allocated' | 'kept'
}

function collect(): void {
  if (globalThis.gc === undefined) throw new TypeError('Run it with node --expose-gc')
  globalThis.gc()
}

function allocated(make: Contestant): number {
  const { chunks, events } = chunksOf('W1', 16_384)
  const feed = make(() => {})
  const pass = (): number => {
    collect()
    const before = process.memoryUsage().heapUsed
    for (const chunk of chunks) feed(chunk)
    return (process.memoryUsage().heapUsed - before) / events
  }
  for (let warm = 0; warm < 20; warm++) pass()
  return spread(Array.from({ length: 7 }, pass)).median
}

function kept(make: Contestant): number {
  const event = new TextEncoder().encode(`data: ${'x'.repeat(256)}\n\n`)
  const perChunk = Math.floor(65_536 / event.length)
  const list: string[] = []
  let count = 0
  const feed = make(({ data }) => count++ % 64 === 0 && list.push(data))
  collect()
  const before = process.memoryUsage().heapUsed
  for (let i = 0; i < 400; i++) {
    const chunk = new Uint8Array(event.length * perChunk)
    for (let at = 0; at < perChunk; at++) chunk.set(event, at * event.length)
    feed(chunk)
  }
  collect()
  return (process.memoryUsage().heapUsed - before) / list.length
}

const { contestant, what }: MemoryTask = JSON.parse(process.argv[2] ?? '{}')
const make = await contestants[contestant]?.()
if (make === undefined) throw new RangeError(`There is no contestant ${contestant}`)
console.log(what === 'allocated' ? allocated(make) : kept(make))
