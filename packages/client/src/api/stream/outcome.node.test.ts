import { expect, test } from 'vitest'
import type { Failure } from '../../core/failure.ts'
import { outcomeType } from './outcome.ts'

const broken: Failure = { code: 'network', cause: null, unsent: false, fatal: false }

test.each<[string, Failure]>([
  ['was not repeated', { code: 'not-repeated', method: 'POST', cause: broken }],
  ['was tried in vain', { code: 'retries-exhausted', limit: 'maxAttempts', cause: broken }],
  [
    'was tried in vain, and not repeated',
    {
      code: 'retries-exhausted',
      limit: 'maxElapsed',
      cause: { code: 'not-repeated', method: 'POST', cause: broken },
    },
  ],
])('a request that %s ends the stream as its cause does', (_, failure) => {
  expect(outcomeType({ type: 'failed', failure })).toBe('network')
})
