/**
 * The built package in workerd, whose `test` command calls `test()`. What the client sends comes back to `fetch()`: the
 * worker is its own outside world.
 */
import assert from 'node:assert/strict'
import { collect, EventSource, fetchEventStream } from '@millrace/client'

const own = 'http://own.test'
const foreign = 'http://foreign.test'

const sse = { headers: { 'content-type': 'text/event-stream' } }
const replies = {
  '/answer': () => new Response('data: a\n\ndata: b\n\ndata: [DONE]\n\n', sse),
  '/cut': () => new Response('data: a\n\n', sse),
  '/hop': () => new Response(null, { status: 307, headers: { location: `${foreign}/answer` } }),
  '/down': () => new Response('out of flour', { status: 503 }),
  '/feed': (request) =>
    new Response(
      request.headers.has('last-event-id') ? 'id: 2\ndata: b\n\n' : 'retry: 0\nid: 1\ndata: a\n\n',
      sse,
    ),
}
const requests = []

async function test() {
  const { text, outcome } = await collect(fetchEventStream(`${own}/answer`, { json: {}, until: '[DONE]' }))
  assert.deepEqual([text, outcome.type], ['ab', 'complete'])
  assert.equal((await fetchEventStream(`${own}/cut`, { json: {}, until: '[DONE]' }).done()).type, 'truncated')
  const down = await fetchEventStream(`${own}/down`, { json: {}, retry: false }).done()
  assert.deepEqual([down.error.code, down.error.status], ['http-status', 503])

  const source = new EventSource(`${own}/feed`)
  const heard = []
  await new Promise((resolve) => {
    source.addEventListener('message', (event) => {
      assert.ok(event instanceof MessageEvent)
      if (heard.push(event.data) === 2) resolve()
    })
  })
  source.close()
  assert.deepEqual(heard, ['a', 'b'])

  // An EventTarget of workerd calls `on…` properties, too: once, and as the standard has it, on the source.
  const handled = new EventSource(`${own}/feed`)
  const calls = []
  await new Promise((resolve) => {
    handled.onmessage = function ({ data }) {
      calls.push(data, this === handled, handled.onmessage === this.onmessage)
      if (data === 'b') resolve()
    }
  })
  handled.close()
  assert.deepEqual(calls, ['a', true, true, 'b', true, true])

  // What an app sends to its own origin, is for no other one.
  const headers = { 'x-api-key': 'secret', 'accept-language': 'de' }
  const hop = await fetchEventStream(`${own}/hop`, { headers, until: '[DONE]' }).done()
  assert.equal(hop.type, 'complete')
  const { url, headers: sent } = requests.at(-1)
  assert.equal(url, `${foreign}/answer`)
  assert.deepEqual([sent.get('x-api-key'), sent.get('accept-language')], [null, 'de'])
}

export default {
  test,
  fetch(request) {
    requests.push(request)
    return replies[new URL(request.url).pathname](request)
  },
}
