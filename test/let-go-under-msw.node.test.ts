import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

/**
 * What a process says in which a body that MSW sends is let go while it is read. In a process of its own: what breaks
 * there, in Node's HTTP parser or in happy-dom, ends the process, and nothing can catch it.
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
    const whole = () => new HttpResponse('data: 1\\n\\n', { headers: { 'content-type': 'text/event-stream' } })
    const server = setupServer(http.all(url, reply), http.all(url + '/whole', whole))
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
    "a stream's signal that a timer aborts",
    `const stream = fetchEventStream(url, { signal: AbortSignal.timeout(300) })
     await stream.done()`,
  ],
  [
    'timeouts.idle',
    `const stream = fetchEventStream(url, { json: {}, timeouts: { idle: 10 } })
     await stream.done()`,
  ],
  [
    "the class's close() in a timer",
    `const source = new EventSource(url)
     source.onmessage = () => setTimeout(() => source.close(), 10)`,
  ],
  [
    "`until`, where happy-dom's fetch has the end of the body",
    `const { Window } = await import('happy-dom')
     const window = new Window({ url })
     const fetch = (...request) => window.fetch(...request)
     await fetchEventStream(url + '/whole', { json: {}, until: '1', fetch }).done()
     cancelled.resolve()`,
  ],
])('%s lets go of a body of MSW, and Node lives', async (_, program) => {
  expect(await said(program)).toBe('alive')
})
