/**
 * Load on the test server: many connections at one event a second each, and many starts and stops. All on
 * loopback. `pnpm load [connections] [seconds] [cycles]`; 5000, 30 and 10000 unless given.
 */
import { execFile } from 'node:child_process'
import { get } from 'node:http'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { scenario, serve } from '@millrace/test-server'

const [connections = 5000, seconds = 30, cycles = 10_000] = process.argv.slice(2).map(Number)
const say = (line: string) => process.stdout.write(`${line}\n`)
const MiB = 1024 * 1024

say(`Node ${process.versions.node}, ${new Date().toISOString()}`)
if (connections > 0) await manyConnections()
if (cycles > 0) await manyCycles()

async function manyConnections(): Promise<void> {
  const counter = scenario([
    {
      type: 'repeat',
      steps: [
        { type: 'event', data: '{n}' },
        { type: 'wait', ms: 1000 },
      ],
    },
  ])
  await using server = await serve(counter, { limits: { connections: connections + 10 } })
  const before = settled()
  const readers = promisify(execFile)(process.execPath, [
    fileURLToPath(new URL('readers.ts', import.meta.url)),
    String(server.port),
    String(connections),
    String(seconds),
  ])
  await server.journal.until(({ requests }) => requests.length === connections)
  const cpu = process.cpuUsage()
  await new Promise((resolve) => setTimeout(resolve, (seconds * 1000) / 2))
  const { user, system } = process.cpuUsage(cpu)
  const during = settled()
  say(`readers: ${(await readers).stdout.trim()}`)
  const each = (bytes: number) => `${(bytes / connections / 1024).toFixed(1)} KiB`
  say(
    `memory per connection: ${each(during.heapUsed - before.heapUsed)} of heap, ${each(during.rss - before.rss)} resident`,
  )
  say(`processor: ${(((user + system) / 1000 / ((seconds * 1000) / 2)) * 100).toFixed(0)} % of one`)
}

async function manyCycles(): Promise<void> {
  const hello = scenario([{ type: 'event', data: 'hello' }])
  for (let warm = 0; warm < 200; warm += 1) await cycle()
  const [before, handles] = [settled(), process.getActiveResourcesInfo().length]
  const started = performance.now()
  for (let n = 0; n < cycles; n += 1) await cycle()
  const after = settled()
  say(
    `${cycles} cycles in ${((performance.now() - started) / 1000).toFixed(1)} s; ` +
      `heap ${((after.heapUsed - before.heapUsed) / MiB).toFixed(2)} MiB more; ` +
      `active resources ${handles} before, ${process.getActiveResourcesInfo().length} after`,
  )

  async function cycle(): Promise<void> {
    const server = await serve(hello)
    await new Promise<void>((resolve, reject) => {
      get(server.url, { agent: false }, (reply) => reply.resume().on('end', resolve)).on('error', reject)
    })
    await server.close()
  }
}

/** Memory after a collection, where `--expose-gc` gives one. */
function settled(): NodeJS.MemoryUsage {
  globalThis.gc?.()
  return process.memoryUsage()
}
