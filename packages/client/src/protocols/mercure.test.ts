import { expect, test } from 'vitest'
import { play } from '../../../../test/support/remote.ts'
import { recorded } from '../../test/support/recorded.ts'
import { fetchEventStream } from '@millrace/client'
import { mercure } from '@millrace/client/protocols'
import manifest from '../../../../test/fixtures/manifest.json' with { type: 'json' }

const { files } = manifest

test('mercure joins lines of data, parses JSON and leaves text as it is', async () => {
  await using server = await play(recorded('mercure-updates.sse'))
  const stream = fetchEventStream(server.url, { protocol: mercure })
  const updates: [string, unknown][] = []
  for await (const { type, data } of stream) {
    updates.push([type, data])
    if (updates.length === 3) break
  }

  expect(updates).toEqual([
    ['mill-state', { '@id': 'https://mill.example/wheels/1', rpm: 11, läuft: true }],
    ['message', 'plain text: the sluice is open'],
    ['mill-state', 'first line\n\nthird line 水'],
  ])
  expect(stream.lastEventId).toBe(files['mercure-updates.sse'].aggregate.last_id)
})
