import { expect, test } from 'vitest'
import { full } from '../../../test/support/full.ts'
import { answers, expected } from './support/answers.ts'
import { fetchOf, readAnswer, sampleOf } from './support/cuts.ts'

/** Of a part so many bytes come one by one, at its end; the answer as a whole comes so from the beginning. */
const slowly = full ? Infinity : 50

test.each(answers)('$name byte by byte, cut at its borders and between, gives the truth', async (answer) => {
  const { bytes } = answer.fixture
  for (const ending of ['clean', 'broken'] as const) {
    for (const size of sampleOf(answer)) {
      const first = size === bytes.length ? 1 : Math.max(1, size - slowly)
      const fetch = fetchOf(bytes.subarray(0, size), ending, 1, first)
      const { events, outcome } = await readAnswer(answer, 'http://answer.test/', { fetch })
      expect({ size, events, outcome: outcome.type }).toEqual({ size, ...expected(answer, size, ending) })
    }
  }
})
