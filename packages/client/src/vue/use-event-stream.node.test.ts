import { scenario, serve } from '@millrace/test-server'
import { fetchEventStream } from '@millrace/client'
import { useEventStream } from '@millrace/client/vue'
import { createSSRApp, h } from 'vue'
import { renderToString } from 'vue/server-renderer'
import { expect, test } from 'vitest'

test('start() of useEventStream() in a setup sends nothing on a server', async () => {
  await using server = await serve(scenario([{ type: 'event', data: 'hello' }, { type: 'end' }]))
  const app = createSSRApp({
    setup() {
      const { phase, start } = useEventStream({ request: () => ({ url: server.url, json: {} }) })
      start()
      return () => h('p', phase.value)
    },
  })
  expect(await renderToString(app)).toBe('<p>idle</p>')
  // What another one sends later is there: so would be this one's.
  await fetchEventStream(server.url, { method: 'PUT' }).done()

  expect(server.requests.map(({ method }) => method)).toEqual(['PUT'])
})
