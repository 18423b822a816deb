/** One process, one contestant, one question: prints the answer as JSON. */
import process from 'node:process'
import { contestants, type Read } from './contestants.ts'

export interface Task {
  readonly contestant: string
  readonly question: 'flood' | 'first-event' | 'idle-heap'
  readonly origin: string
  /** Events of the flood, or connections. */
  readonly count: number
}

/** A tenth of the flood first, so that what is measured is compiled. */
async function flood(read: Read, { origin, count }: Task) {
  await read(`${origin}/flood?events=${count / 10}`, count / 10)
  const cpu = process.cpuUsage()
  const began = performance.now()
  await read(`${origin}/flood?events=${count}`, count)
  const wall = performance.now() - began
  const { user, system } = process.cpuUsage(cpu)
  return { wall: (wall * 1e6) / count, cpu: ((user + system) * 1e3) / count }
}

/** Milliseconds since the process started. */
async function firstEvent(read: Read, { origin }: Task) {
  await read(`${origin}/idle`, 1)
  return { wall: performance.now(), cpu: process.cpuUsage().user / 1000 }
}

/** Bytes of heap of one connection that has brought an event and waits for the next. */
async function idleHeap(read: Read, { origin, count }: Task) {
  const open = async (connections: number) => {
    const url = `${origin}/idle`
    await Promise.all(Array.from({ length: connections }, () => keepOpen(read, url)))
  }
  await open(50)
  const before = heap()
  for (let left = count; left > 0; left -= 100) await open(Math.min(100, left))
  const each = (heap() - before) / count
  return { wall: each, cpu: each }
}

const held: unknown[] = []

/** The contestants let go after the last event they were asked for: asked for two, they wait for ever. */
function keepOpen(read: Read, url: string): Promise<void> {
  return new Promise((resolve) => void held.push(read(url, 2, resolve)))
}

function heap(): number {
  for (let n = 0; n < 4; n++) globalThis.gc?.()
  return process.memoryUsage().heapUsed
}

const task: Task = JSON.parse(process.argv[2] ?? '{}')
const load = contestants[task.contestant]
if (load === undefined) throw new RangeError(`There is no contestant ${task.contestant}`)
const questions = { flood, 'first-event': firstEvent, 'idle-heap': idleHeap }
process.stdout.write(JSON.stringify(await questions[task.question](await load(), task)))
process.exit()
