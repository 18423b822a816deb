import { expect, test } from 'vitest'
import { answers, expected } from './answers.ts'
import { fetchOf, readAnswer, sampleOf } from './cuts.ts'

test.each(answers)('$name byte by byte, cut at its borders and between, gives the truth', async (answer) => {
  for (const ending of ['clean', 'broken'] as const) {
    for (const size of sampleOf(answer)) {
      const fetch = fetchOf(answer.fixture.bytes.subarray(0, size), ending, 1)
      const { events, outcome } = await readAnswer(answer, 'http://answer.test/', { fetch })
      expect({ size, events, outcome: outcome.type }).toEqual({ size, ...expected(answer, size, ending) })
    }
  }
})
