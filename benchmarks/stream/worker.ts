/** One process, one contestant: prints nanoseconds for each event as JSON, by the clock and of the processor. */
import process from 'node:process'
import { contestants } from './contestants.ts'

export interface Task {
  readonly contestant: string
  readonly origin: string
  readonly events: number
}

export interface Answer {
  readonly wall: number
  readonly cpu: number
}

const { contestant, origin, events }: Task = JSON.parse(process.argv[2] ?? '{}')
const load = contestants[contestant]
if (load === undefined) throw new RangeError(`There is no contestant ${contestant}`)
const iterate = await load()

// A tenth of it first, so that what is measured is compiled.
const each = (await iterate(`${origin}/flood?events=${events / 10}`, events / 10)) / (events / 10)
const cpu = process.cpuUsage()
const began = performance.now()
const characters = await iterate(`${origin}/flood?events=${events}`, events)
const wall = performance.now() - began
const { user, system } = process.cpuUsage(cpu)
if (characters !== each * events) throw new RangeError('Not every event was read')

const answer: Answer = { wall: (wall * 1e6) / events, cpu: ((user + system) * 1e3) / events }
process.stdout.write(JSON.stringify(answer))
process.exit()
