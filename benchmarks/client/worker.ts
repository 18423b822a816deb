/** One process, one contestant, one question: prints the answer as JSON. */
import process from 'node:process'
import { contestants } from './contestants.ts'
import type { Read } from './read.ts'

export interface Task {
  readonly contestant: string
  readonly question: 'flood' | 'long-event' | 'first-event' | 'idle-heap'
  readonly origin: string
  /** Events of the flood, bytes of the long event, or connections. */
  readonly count: number
}

export interface Answer {
  readonly wall: number
  readonly cpu: number
}

/** A tenth of the flood first, so that what is measured is compiled. In ns for each event. */
async function flood(read: Read, { origin, count }: Task): Promise<Answer> {
  await read(`${origin}/flood?events=${count / 10}`, count / 10)
  const { wall, cpu } = await timed(() => read(`${origin}/flood?events=${count}`, count))
  return { wall: (wall * 1e6) / count, cpu: (cpu * 1e6) / count }
}

/** Milliseconds for all of it. */
async function longEvent(read: Read, { origin, count }: Task): Promise<Answer> {
  await read(`${origin}/long?bytes=${count / 10}`, 1)
  return timed(() => read(`${origin}/long?bytes=${count}`, 1))
}

/** Milliseconds since the process started, at the event: letting go of the connection comes after it. */
function firstEvent(read: Read, { origin }: Task): Promise<Answer> {
  return new Promise((resolve) => {
    void read(`${origin}/idle`, 1, () => resolve({ wall: performance.now(), cpu: cpuTime() }))
  })
}

/** Bytes of heap of one connection that has brought an event and waits for the next. */
async function idleHeap(read: Read, { origin, count }: Task): Promise<Answer> {
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

async function timed(work: () => Promise<void>): Promise<Answer> {
  const cpu = cpuTime()
  const began = performance.now()
  await work()
  return { wall: performance.now() - began, cpu: cpuTime() - cpu }
}

/** In ms. */
function cpuTime(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}

const task: Task = JSON.parse(process.argv[2] ?? '{}')
const load = contestants[task.contestant]
if (load === undefined) throw new RangeError(`There is no contestant ${task.contestant}`)
const questions = {
  flood,
  'long-event': longEvent,
  'first-event': firstEvent,
  'idle-heap': idleHeap,
}
const { read } = await load()
process.stdout.write(JSON.stringify(await questions[task.question](read, task)))
process.exit()
