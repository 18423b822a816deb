import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

/** Ways to let go of a body while it is read. */
const ways = [
  {
    what: "a stream's signal that a timer aborts",
    code: `const stream = fetchEventStream(url, { signal: AbortSignal.timeout(300) })
      await stream.done()`,
  },
  {
    what: 'timeouts.idle',
    code: `const stream = fetchEventStream(url, { json: {}, timeouts: { idle: 10 } })
      await stream.done()`,
  },
  {
    what: "the class's close() in a timer",
    code: `const source = new EventSource(url)
      source.onmessage = () => setTimeout(() => source.close(), 10)`,
  },
  {
    what: "`until`, where happy-dom's fetch has the end of the body",
    code: `const { Window } = await import('happy-dom')
      const window = new Window({ url })
      const fetch = (...request) => window.fetch(...request)
      await fetchEventStream(url + '/whole', { json: {}, until: '1', fetch }).done()
      cancelled.resolve()`,
  },
]

/**
 * What a process says in which bodies that MSW sends are let go of in each way, one after the other. In a process of its
 * own: what breaks there, in Node's HTTP parser or in happy-dom, ends the process, and nothing can catch it.
 */
async function said(): Promise<string> {
  const whole = `
    import { EventSource, fetchEventStream } from '@millrace/client'
    import { http, HttpResponse } from 'msw'
    import { setupServer } from 'msw/node'
    const url = 'http://api.test/feed'
    let cancelled
    const body = () => new ReadableStream({
      start: (stream) => stream.enqueue(new TextEncoder().encode('data: 1\\n\\n')),
      cancel: () => cancelled.resolve(),
    })
    const reply = () => new HttpResponse(body(), { headers: { 'content-type': 'text/event-stream' } })
    const whole = () => new HttpResponse('data: 1\\n\\n', { headers: { 'content-type': 'text/event-stream' } })
    const server = setupServer(http.all(url, reply), http.all(url + '/whole', whole))
    server.listen({ onUnhandledFrame: 'error' })
    // No socket does: MSW has none.
    const keepsAlive = setInterval(() => {}, 1000)
    async function letGo(what, way) {
      cancelled = Promise.withResolvers()
      await way()
      await cancelled.promise
      // The parser fails a few tasks later.
      await new Promise((resolve) => setTimeout(resolve, 50))
      console.log(what)
    }
    ${ways.map(({ what, code }) => `await letGo(${JSON.stringify(what)}, async () => {${code}})`).join('\n')}
    server.close()
    clearInterval(keepsAlive)
  `
  const flags = ['--conditions=@millrace/source', '--input-type=module', '-e', whole]
  const { stdout } = await promisify(execFile)(process.execPath, flags, { cwd: import.meta.dirname })
  return stdout.trim()
}

test('a body of MSW is let go of in each way, and Node lives', async () => {
  expect((await said()).split('\n')).toEqual(ways.map(({ what }) => what))
})
