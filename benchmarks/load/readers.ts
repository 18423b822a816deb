/**
 * Many connections that read a counter each, in a process of their own: `readers.ts <port> <count> <seconds>`.
 * Says in one line of JSON what they saw.
 */
import { connect, type Socket } from 'node:net'
import process from 'node:process'

const [port = 0, count = 0, seconds = 0] = process.argv.slice(2).map(Number)

interface Seen {
  next: number
  missed: number
  last: number
  slowest: number
}

const seen: Seen[] = []
const sockets: Socket[] = []

/** Connects a few at a time: the queue of a listening socket is short. */
for (let index = 0; index < count; index += 1) {
  sockets.push(reader())
  if (index % 50 === 49) await new Promise((resolve) => setTimeout(resolve, 10))
}
const connected = performance.now()
await new Promise((resolve) => setTimeout(resolve, seconds * 1000))
for (const socket of sockets) socket.destroy()

const sum = (pick: (seen: Seen) => number) => seen.reduce((total, one) => total + pick(one), 0)
process.stdout.write(
  `${JSON.stringify({
    connections: seen.length,
    seconds: Math.round((performance.now() - connected) / 1000),
    events: sum(({ next }) => next - 1),
    missed: sum(({ missed }) => missed),
    fewest: Math.min(...seen.map(({ next }) => next - 1)),
    longestGapMs: Math.round(Math.max(...seen.map(({ slowest }) => slowest))),
  })}\n`,
)

function reader(): Socket {
  const state: Seen = { next: 1, missed: 0, last: 0, slowest: 0 }
  seen.push(state)
  let rest = ''
  const socket = connect(port, '127.0.0.1', () => socket.write('GET / HTTP/1.1\r\nhost: localhost\r\n\r\n'))
  socket.setEncoding('utf8')
  socket.on('data', (chunk) => {
    const lines = (rest + String(chunk)).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) if (line.startsWith('data: ')) took(state, Number(line.slice(6)))
  })
  socket.on('error', () => {
    state.missed += 1
  })
  return socket
}

function took(state: Seen, n: number): void {
  if (n !== state.next) state.missed += 1
  state.next = n + 1
  const now = performance.now()
  if (state.last > 0) state.slowest = Math.max(state.slowest, now - state.last)
  state.last = now
}
