import { connect, type Socket } from 'node:net'
import { onTestFinished } from 'vitest'
import { scenario } from '../src/scenario/build.ts'
import type { Scenario, Step } from '../src/scenario/types.ts'
import { serve, type ServeOptions, type TestServer } from '../src/socket/serve.ts'

export const hello: Scenario = scenario([{ type: 'event', data: 'hello' }])

/** A server for one test, which says hello unless other steps are given. */
export async function started(options?: ServeOptions, steps?: readonly Step[]): Promise<TestServer> {
  const server = await serve(steps === undefined ? hello : scenario(steps), options)
  onTestFinished(() => server.close())
  return server
}

/** A connection that sends a GET and then reads nothing. */
export function deaf(port: number): Socket {
  const socket = connect(port, '127.0.0.1', () => socket.write('GET / HTTP/1.1\r\nhost: localhost\r\n\r\n'))
  socket.pause()
  socket.on('error', () => {})
  onTestFinished(() => void socket.destroy())
  return socket
}
