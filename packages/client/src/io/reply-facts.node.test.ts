import { expect, test } from 'vitest'
import { growth } from '../../../../test/support/growth.ts'
import { replyFacts } from './reply-facts.ts'

const plan = { url: 'https://a.test/', init: { method: 'POST', headers: new Headers() } }

function refusal(retryAfter: string): Response {
  return new Response(null, { status: 503, headers: { 'retry-after': retryAfter } })
}

test('a wait is read in the same time for each space of the header, however many there are', async () => {
  const row = async (spaces: number) => void replyFacts(refusal(`1,${' '.repeat(spaces)},1`), plan, [], 0)

  expect(await growth(row, 400, 16, 4)).toBeLessThan(4)
})
