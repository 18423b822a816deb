import { expect, test } from 'vitest'
import { answers, expected, type Answer } from './answers.ts'
import { fetchOf, readAnswer } from './cuts.ts'

/** Every border with the bytes beside it, and bytes in between: the full set runs in Node. */
function sampleOf({ borders, fixture }: Answer): number[] {
  const beside = borders.flatMap((border) => [border - 1, border, border + 1])
  const between = Array.from({ length: 20 }, (_, step) => Math.floor((fixture.bytes.length * step) / 20))
  return [...beside, ...between].filter((size) => size >= 0 && size <= fixture.bytes.length)
}

test.each(answers)('$name byte by byte, cut at its borders and between, gives the truth', async (answer) => {
  for (const ending of ['clean', 'broken'] as const) {
    for (const size of sampleOf(answer)) {
      const fetch = fetchOf(answer.fixture.bytes.subarray(0, size), ending, 1)
      const { events, outcome } = await readAnswer(answer, 'http://answer.test/', { fetch })
      expect({ size, events, outcome: outcome.type }).toEqual({ size, ...expected(answer, size, ending) })
    }
  }
})
