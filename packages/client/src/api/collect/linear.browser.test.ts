import { expect, test } from 'vitest'
import { collect, type StreamEvent } from '@millrace/client'

async function* pieces(count: number): AsyncGenerator<StreamEvent, void, undefined> {
  for (let n = 0; n < count; n++) yield { type: 'message', data: `token ${n} `, raw: '', lastEventId: '' }
}

/** ms, of the fastest of several runs: a busy machine makes single ones slow. */
async function time(count: number): Promise<number> {
  const times = []
  for (let run = 0; run < 5; run++) {
    const before = performance.now()
    const { text } = await collect(pieces(count))
    times.push(performance.now() - before)
    expect(text.endsWith(`token ${count - 1} `)).toBe(true)
  }
  return Math.min(...times)
}

/** A busy machine may spoil a measurement, or four; what is not linear is not in any. */
const busy = { retry: 4 }

test(
  'collect() takes time in proportion to 200,000 pieces, however an engine keeps a text that grows',
  busy,
  async () => {
    await time(1000)
    // Four times the pieces: about 4 when linear, 16 when each piece copies what came before.
    expect((await time(200_000)) / (await time(50_000))).toBeLessThan(9)
  },
)
