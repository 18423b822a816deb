import { spawn } from 'node:child_process'
import { once } from 'node:events'
import process from 'node:process'
import { fileURLToPath } from 'node:url'

export interface Flood extends Disposable {
  readonly origin: string
}

/** Starts the flood server in a process of its own. `script`: a file that its page runs. */
export async function startFlood(script?: string): Promise<Flood> {
  const file = fileURLToPath(new URL('flood-server.ts', import.meta.url))
  const server = spawn(process.execPath, [file, ...(script === undefined ? [] : [script])], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [port] = await once(server.stdout, 'data')
  return {
    origin: `http://127.0.0.1:${String(port).trim()}`,
    [Symbol.dispose]: () => void server.kill(),
  }
}
