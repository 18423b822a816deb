import { EventSource, fetchEventStream } from '@millrace/client'
import { scenario } from '@millrace/test-server/scenario'
import { expect, onTestFinished, test } from 'vitest'
import { reactive, ref } from 'vue'
import { play } from '../../../../test/support/remote.ts'

test('a stream may be kept in reactive state, as in `data()`, a Pinia store or Alpine’s `x-data`', async () => {
  await using server = await play(
    scenario([
      { type: 'event', data: 'one' },
      { type: 'event', data: '[DONE]' },
    ]),
  )
  const state = reactive({ stream: fetchEventStream(server.url, { json: {}, until: '[DONE]' }), text: '' })
  for await (const { data } of state.stream) state.text += data

  expect(state.text).toBe('one')
  expect(await state.stream.outcome).toMatchObject({ type: 'complete' })
})

test('a stream or a source that a ref holds is closed through it', async () => {
  await using server = await play(scenario([{ type: 'event', data: 'one' }, { type: 'hang' }]))
  const stream = ref(fetchEventStream(server.url))
  const source = ref(new EventSource(server.url))
  onTestFinished(() => source.value.close())
  await server.requests(2)
  stream.value.close()
  source.value.close()

  expect(await stream.value.outcome).toMatchObject({ type: 'aborted' })
  await server.closed(2)
})
