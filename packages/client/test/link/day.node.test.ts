import { expect, test } from 'vitest'
import { full } from '../../../../test/support/full.ts'
import { answer, day, feed } from './day.ts'
import { byAnswer, byClass, byStream } from './readers.ts'

/** Half a day meets each trouble about fourteen times. */
const plan = full ? feed : { ...feed, hours: feed.hours / 2 }
const randomSeed = () => Math.floor(Math.random() * 2 ** 31)

test.each([
  ['fetchEventStream()', byStream],
  ['EventSource', byClass],
])(
  `%s hands over every event of ${plan.hours} hours of outages exactly once, in order`,
  async (_, reader) => {
    const seed = randomSeed()
    const { sent, heard, troubles } = await day(seed, plan, reader)
    expect(heard, `replay: pnpm day --seed ${seed}`).toEqual(sent)
    expect(sent.length).toBeGreaterThan(plan.hours * 160)
    expect(Object.keys(troubles), `replay: pnpm day --seed ${seed}`).toHaveLength(8)
  },
)

test('fetchEventStream() completes an answer over POST through hours of outages, and sends the POST once', async () => {
  const seed = randomSeed()
  const { sent, heard, methods } = await day(seed, answer, byAnswer)
  expect(heard, `replay: pnpm day --seed ${seed}`).toEqual([...sent, 'complete'])
  expect(methods.slice(0, 2)).toEqual(['POST', 'GET'])
  expect(methods.lastIndexOf('POST')).toBe(0)
})
