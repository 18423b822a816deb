import { collect, fetchEventStream } from '@millrace/client'
import { describe, expect, test } from 'vitest'
import { answers, expected } from './support/answers.ts'
import { full } from '../../../test/support/full.ts'
import { fetchOf, sampleOf } from './support/cuts.ts'
import { protocols } from './support/protocols.ts'

describe.each(answers)('$name in its protocol', (answer) => {
  const { bytes } = answer.fixture
  // At every byte without its protocol: cuts.node.test.ts.
  const sizes = full ? Array.from({ length: bytes.length + 1 }, (_, size) => size) : sampleOf(answer)
  const gather = (size: number, ending: 'clean' | 'broken') =>
    collect(
      fetchEventStream('http://answer.test/', {
        protocol: protocols[answer.name],
        json: { id: 1 },
        fetch: fetchOf(bytes.subarray(0, size), ending),
        retry: false,
      }),
    )

  test.each(['clean', 'broken'] as const)(
    'cut anywhere by a %s end is complete only with what completes it, and its text is the start of the text',
    async (ending) => {
      const whole = await gather(bytes.length, 'clean')
      const wrong = []
      for (const size of sizes) {
        const { outcome, text } = await gather(size, ending)
        const right = expected(answer, size, ending).outcome
        if (outcome.type !== right || !whole.text.startsWith(text)) wrong.push({ size, right, outcome, text })
      }
      expect(wrong).toEqual([])
    },
  )
})
