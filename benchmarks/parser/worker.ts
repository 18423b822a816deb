/** One process, one contestant, one workload: prints nanoseconds of CPU for one event. */
import { measure } from '../method/measure.ts'
import { contestants } from './contestants.ts'
import { pipelines } from './pipelines.ts'
import { chunksOf } from './workloads.ts'
import { counting } from './sink.ts'
import type { Contestant } from './contestants.ts'
import type { Pipeline } from './pipelines.ts'
import type { Sink } from './sink.ts'

export interface Task {
  contestant: string
  workload: string
  size: number | 'event'
}

const { contestant, workload, size }: Task = JSON.parse(process.argv[2] ?? '{}')
const { chunks, events, characters } = chunksOf(workload, size)

/** What must be right to the last event; other rivals tell comments as events, or lose the last one. */
const exact = /^(millrace|eventsource-parser 4)/

function check(sink: Sink): void {
  if (sink.events === events && sink.characters === characters) return
  if (!exact.test(contestant) && sink.characters >= characters * 0.99) return
  throw new RangeError(
    `${contestant} gave ${sink.events} events with ${sink.characters} characters on ${workload}, not ${events} with ${characters}`,
  )
}

function once(contestant: Contestant): void {
  const sink = { events: 0, characters: 0 }
  const feed = contestant(counting(sink))
  for (const chunk of chunks) feed(chunk)
  check(sink)
}

async function onceAsync(pipeline: Pipeline): Promise<void> {
  const sink = { events: 0, characters: 0 }
  let next = 0
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      const chunk = chunks[next++]
      if (chunk === undefined) controller.close()
      else controller.enqueue(chunk)
    },
  })
  await pipeline(new Response(body, { headers: { 'content-type': 'text/event-stream' } }), counting(sink))
  check(sink)
}

const load = contestants[contestant]
const loadPipeline = pipelines[contestant]
// A parser that stays alive: with none, a full collection throws the optimised code of some contestants away.
let alive: unknown
if (load !== undefined) {
  const make = await load()
  alive = make(() => {})
  console.log((await measure(() => once(make))) / events)
} else if (loadPipeline !== undefined) {
  const pipeline = await loadPipeline()
  console.log((await measure(() => onceAsync(pipeline))) / events)
} else {
  throw new RangeError(`There is no contestant ${contestant}`)
}
void alive
