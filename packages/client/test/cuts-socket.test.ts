import { toBase64, type Scenario } from '@millrace/test-server/scenario'
import { expect, test } from 'vitest'
import { full } from '../../../test/support/full.ts'
import { play } from '../../../test/support/remote.ts'
import { answers, expected, type Answer } from './support/answers.ts'
import { beside, readAnswer } from './support/cuts.ts'

/**
 * All in Node and Chromium, beside a developer a sample. happy-dom prints a stack for each reset, and its fetch is
 * Node's sockets again: a few are enough there.
 */
const { userAgent } = navigator
const few = userAgent.includes('HappyDOM') || (!full && userAgent.includes('Chrome'))
// Of a border and the two bytes beside it, each is met: neither is a multiple of three.
const every = few ? 8 : full ? 1 : 4

/** Every event border and the bytes beside it, up to the event that ends the answer: the client hangs up there. */
function cutsOf({ borders, fixture, end }: Answer): number[] {
  const whole = borders[end.at] ?? fixture.bytes.length
  return [...new Set(borders.flatMap(beside))].filter((size, index) => size < whole && index % every === 0)
}

/** Each request gets its own cut; the reset waits until the client has said how far it is. */
function resetAt(bytes: Uint8Array, cuts: readonly number[]): Scenario {
  return {
    replies: cuts.map((at, index) => ({
      on: { request: index + 1 },
      steps: [
        { type: 'cut', at, by: 'reset', gate: `cut ${at}` },
        { type: 'bytes', base64: toBase64(bytes) },
      ],
    })),
  }
}

test.each(answers)(
  '$name reset at each event border and beside it hands over what was whole',
  async (answer) => {
    const cuts = cutsOf(answer)
    await using server = await play(resetAt(answer.fixture.bytes, cuts))
    for (const at of cuts) {
      const right = expected(answer, at, 'broken')
      const reset = async () => {
        await server.at(`cut ${at}`)
        await server.release(`cut ${at}`)
      }
      const onEvent = (count: number) => void (count === right.events.length && reset())
      const reading = readAnswer(answer, server.url, { onEvent })
      if (right.events.length === 0) await reset()
      const { events, outcome } = await reading

      expect({ at, events, outcome: outcome.type }).toEqual({ at, ...right })
    }
    expect(await server.requests(cuts.length)).toHaveLength(cuts.length)
  },
)
