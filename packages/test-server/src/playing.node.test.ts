import { expect, test } from 'vitest'
import { scenario } from './scenario/build.ts'
import { fakeFetch } from './web/fake-fetch.ts'

const played = fakeFetch(
  scenario([
    { type: 'repeat', times: 2, steps: [{ type: 'gate', name: 'seen' }] },
    { type: 'channel', name: 'news' },
    { type: 'event', data: 'over' },
    { type: 'cut', at: 3, gate: 'read' },
  ]),
)

test('a gate or a channel that the scenario does not have is an error, which names those it has', async () => {
  const gates = 'The scenario has no gate "sen"; it has "seen", "read".'
  expect(() => played.release('sen')).toThrow(gates)
  await expect(played.whenAt('sen')).rejects.toThrow(gates)
  const channels = 'The scenario has no channel "seen"; it has "news".'
  expect(() => played.publish('seen', { data: 'x' })).toThrow(channels)
  expect(() => played.endChannel('seen')).toThrow(channels)
  expect(() => played.listeners('seen')).toThrow(channels)
  expect(() => fakeFetch(scenario([])).release('g')).toThrow('it has none')
})

test('names are found wherever a step has them', () => {
  played.release('seen')
  played.release('read')
  played.publish('news', { data: 'x' })
  expect(played.listeners('news')).toBe(0)
})
