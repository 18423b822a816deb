import { expect, test } from 'vitest'
import { collect, type StreamEvent } from '@millrace/client'
import { growth } from '../../../../../test/support/growth.ts'

async function* pieces(count: number): AsyncGenerator<StreamEvent, void, undefined> {
  for (let n = 0; n < count; n++) yield { type: 'message', data: `token ${n} `, raw: '', lastEventId: '' }
}

test('collect() takes time in proportion to 20,000 pieces, however an engine keeps a text that grows', async () => {
  const collected = async (count: number) => {
    const { text } = await collect(pieces(count))
    expect(text.endsWith(`token ${count - 1} `)).toBe(true)
  }
  expect(await growth(collected, 1000, 20, 3)).toBeLessThan(3)
})
