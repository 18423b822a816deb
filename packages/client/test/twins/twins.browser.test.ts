import { EventSource } from '@millrace/client'
import { scenario, type Step } from '@millrace/test-server/scenario'
import { expect, test } from 'vitest'
import { isWebKit } from '../../../../test/support/engine.ts'
import { full } from '../../../../test/support/full.ts'
import { play } from '../../../../test/support/remote.ts'
import { Chance } from '../support/chance.ts'
import { heard } from './app.ts'
import { body } from './body.ts'

/** To see a difference again, put its seed in the place of the dice. */
const seed = Math.floor(Math.random() * 2 ** 31)
const apps = full ? 400 : 20

async function beside(each: number): Promise<void> {
  const chance = new Chance(each)
  const text = body(chance)
  const steps: readonly Step[] = [
    { type: 'chunks', sizes: Array.from({ length: 8 }, () => chance.between(1, 40)) },
    { type: 'text', text },
    { type: 'hang' },
  ]
  await using server = await play(scenario(steps, steps))
  const dice = () => new Chance(each + 1)
  const [ours, native] = await Promise.all([
    heard(new EventSource(server.url), dice()),
    heard(new globalThis.EventSource(server.url), dice()),
  ])
  expect(ours, `seed ${each}: ${JSON.stringify(text)}`).toEqual(native)
}

// In WebKit it was never run.
test.skipIf(isWebKit)(
  `${apps} random apps hear from the class what the browser’s own tells them`,
  async () => {
    for (let n = 0; n < apps; n += 10) {
      await Promise.all(Array.from({ length: 10 }, (_, k) => beside(seed + n + k)))
    }
  },
)
