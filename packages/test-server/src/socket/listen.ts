import type { Server } from 'node:http'
import type { ConnectionCount } from './connections.ts'

/** Resolves with the port when the server accepts connections. */
export function listen(server: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      server.off('error', reject)
      const address = server.address()
      resolve(address !== null && typeof address === 'object' ? address.port : port)
    })
  })
}

/** Drops every connection and resolves when the server is closed and none is left. */
export async function shut(server: Server, connections: ConnectionCount): Promise<void> {
  await new Promise<void>((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
  await connections.none()
}
