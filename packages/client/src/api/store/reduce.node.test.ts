import { createEventStore } from '@millrace/client'
import { expect, test } from 'vitest'
import { growth } from '../../../../../test/support/growth.ts'
import { byHand, settled } from '../../../test/support/source-by-hand.ts'

test('reduce makes text of tokens in linear time: twenty times the tokens, not four hundred times the work', async () => {
  const { source, runs } = byHand()
  const store = createEventStore(source, {
    batch: 'microtask',
    history: 0,
    initial: '',
    reduce: (text, { data }) => text + data,
  })
  const reduced = async (tokens: number) => {
    store.start()
    await settled()
    const run = runs.at(-1)
    const read = Array.from({ length: 100 }, () => 'token ')
    for (let n = 0; n < tokens; n += read.length) await run?.give(...read)
    expect(store.getSnapshot().data).toHaveLength(6 * tokens)
  }
  expect(await growth(reduced, 1000, 20, 3)).toBeLessThan(3)
})
