import { expect, test } from 'vitest'
import { collect, type StreamEvent } from '@millrace/client'

async function* pieces(count: number): AsyncGenerator<StreamEvent, void, undefined> {
  for (let n = 0; n < count; n++) yield { type: 'message', data: `token ${n} `, raw: '', lastEventId: '' }
}

async function time(count: number): Promise<number> {
  const before = performance.now()
  const { text } = await collect(pieces(count))
  const ms = performance.now() - before
  expect(text.endsWith(`token ${count - 1} `)).toBe(true)
  return ms
}

/** How many times as long the larger number takes: the fastest of several runs, in turn, so that a busy moment meets both. */
async function growth(few: number, many: number): Promise<number> {
  const fastest = { few: Infinity, many: Infinity }
  for (let run = 0; run < 5; run++) {
    fastest.few = Math.min(fastest.few, await time(few))
    fastest.many = Math.min(fastest.many, await time(many))
  }
  return fastest.many / fastest.few
}

/** A busy machine may spoil a measurement, or four; what is not linear is not in any. */
const busy = { retry: 4 }

test(
  'collect() takes time in proportion to 200,000 pieces, however an engine keeps a text that grows',
  busy,
  async () => {
    await time(1000)
    // Four times the pieces: about 4 when linear, 16 when each piece copies what came before.
    expect(await growth(50_000, 200_000)).toBeLessThan(9)
  },
)
