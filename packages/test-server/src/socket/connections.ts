import type { Server } from 'node:net'

/** TCP connections of a server. */
export interface Connections {
  readonly open: number
  readonly total: number
}

export function countConnections(server: Server): Connections {
  const counts = { open: 0, total: 0 }
  server.on('connection', (socket) => {
    counts.open += 1
    counts.total += 1
    socket.on('close', () => {
      counts.open -= 1
    })
  })
  return counts
}
