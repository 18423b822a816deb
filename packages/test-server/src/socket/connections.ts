import type { Server, Socket } from 'node:net'

/** TCP connections of a server. */
export interface Connections {
  readonly open: number
  readonly total: number
}

/** The connections of a server as they come and go. */
export class ConnectionSet implements Connections {
  readonly #open = new Set<Socket>()
  #total = 0
  /** More than one may close the server. */
  #whenNone: (() => void)[] = []

  constructor(server: Server) {
    server.on('connection', (socket) => {
      this.#open.add(socket)
      this.#total += 1
      socket.on('close', () => {
        this.#open.delete(socket)
        if (this.#open.size === 0) for (const closed of this.#whenNone.splice(0)) closed()
      })
    })
  }

  get open(): number {
    return this.#open.size
  }

  get total(): number {
    return this.#total
  }

  /** Closes all and resolves when none is open: Node's `server.close()` calls back a little before that. */
  drop(): Promise<void> {
    return new Promise((resolve) => {
      if (this.#open.size === 0) return resolve()
      this.#whenNone.push(resolve)
      for (const socket of this.#open) socket.destroy()
    })
  }
}
