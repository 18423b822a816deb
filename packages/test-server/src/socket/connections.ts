import type { Server } from 'node:net'

/** TCP connections of a server. */
export interface Connections {
  readonly open: number
  readonly total: number
}

/** Counts connections as they come and go. */
export class ConnectionCount implements Connections {
  #open = 0
  #total = 0
  #whenNone: () => void = () => {}

  constructor(server: Server) {
    server.on('connection', (socket) => {
      this.#open += 1
      this.#total += 1
      socket.on('close', () => {
        this.#open -= 1
        if (this.#open === 0) this.#whenNone()
      })
    })
  }

  get open(): number {
    return this.#open
  }

  get total(): number {
    return this.#total
  }

  /** Resolves when none is open: Node's `server.close()` calls back a little before that. */
  none(): Promise<void> {
    return new Promise((resolve) => {
      this.#whenNone = resolve
      if (this.#open === 0) resolve()
    })
  }
}
