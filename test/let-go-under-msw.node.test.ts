import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

/**
 * What a process says in which a timer lets go of a body that MSW sends and that is being read. In a process of its own:
 * where MSW's body breaks Node's HTTP parser, that ends the process, and nothing can catch it.
 */
async function said(program: string): Promise<string> {
  const whole = `
    import { EventSource, fetchEventStream } from '@millrace/client'
    import { http, HttpResponse } from 'msw'
    import { setupServer } from 'msw/node'
    const url = 'http://api.test/feed'
    const cancelled = Promise.withResolvers()
    const body = () => new ReadableStream({
      start: (stream) => stream.enqueue(new TextEncoder().encode('data: 1\\n\\n')),
      cancel: cancelled.resolve,
    })
    const reply = () => new HttpResponse(body(), { headers: { 'content-type': 'text/event-stream' } })
    const server = setupServer(http.all(url, reply))
    server.listen({ onUnhandledFrame: 'error' })
    // No socket does: MSW has none.
    const keepsAlive = setInterval(() => {}, 1000)
    ${program}
    await cancelled.promise
    // The parser fails a few tasks later.
    await new Promise((resolve) => setTimeout(resolve, 50))
    server.close()
    clearInterval(keepsAlive)
    console.log('alive')
  `
  const flags = ['--conditions=@millrace/source', '--input-type=module', '-e', whole]
  const { stdout } = await promisify(execFile)(process.execPath, flags, { cwd: import.meta.dirname })
  return stdout.trim()
}

test.concurrent.each([
  [
    "a stream's signal",
    `const stream = fetchEventStream(url, { signal: AbortSignal.timeout(300) })
     await stream.done()`,
  ],
  [
    'timeouts.idle',
    `const stream = fetchEventStream(url, { json: {}, timeouts: { idle: 10 } })
     await stream.done()`,
  ],
  [
    "the class's close()",
    `const source = new EventSource(url)
     source.onmessage = () => setTimeout(() => source.close(), 10)`,
  ],
])('%s called by a timer lets go of a body of MSW, and Node lives', async (_, program) => {
  expect(await said(program)).toBe('alive')
})
