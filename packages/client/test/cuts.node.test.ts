import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { answers, expected } from './support/answers.ts'
import { fetchOf, readAnswer, sweepOf } from './support/cuts.ts'

// Most of some ten thousand answers end in an error: their stacks are half of the work, and nobody looks at them.
const { stackTraceLimit } = Error
beforeAll(() => void (Error.stackTraceLimit = 0))
afterAll(() => void (Error.stackTraceLimit = stackTraceLimit))

describe.each(answers)('$name', (answer) => {
  const { bytes, events } = answer.fixture

  test('has as many borders as the manifest has events', () => {
    expect(answer.borders).toHaveLength(events.length)
  })

  test('leaves a tail in the outcome when it is cut inside an event, and none when cut after one', async () => {
    for (const border of answer.borders) {
      const tails = [border - 1, border].map(async (size) => {
        const fetch = fetchOf(bytes.subarray(0, size), 'clean')
        return (await readAnswer(answer, 'http://answer.test/', { fetch })).outcome.tail
      })
      const [inside, after] = await Promise.all(tails)
      expect({ border, inside: inside !== 0, after }).toEqual({ border, inside: true, after: 0 })
    }
  })

  test.each(['clean', 'broken'] as const)(
    'cut anywhere by a %s end gives what was whole, and the truth',
    async (ending) => {
      const wrong = []
      for (const size of sweepOf(answer)) {
        const fetch = fetchOf(bytes.subarray(0, size), ending)
        const { events, outcome, thrown } = await readAnswer(answer, 'http://answer.test/', { fetch })
        const right = expected(answer, size, ending)
        const throws = right.outcome === 'complete' ? null : right.outcome
        if (
          outcome.type !== right.outcome ||
          thrown !== throws ||
          outcome.events !== right.events.length ||
          JSON.stringify(events) !== JSON.stringify(right.events)
        ) {
          wrong.push({ size, right, events, outcome, thrown })
        }
      }
      expect(wrong).toEqual([])
    },
  )
})
