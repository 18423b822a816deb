/** Walks the connection at random, under invariants: `pnpm walk --steps 1000000`, and `--seed` to replay a fault. */
import { parseArgs } from 'node:util'
import { walk } from '../packages/client/test/walk/walk.ts'

const { values } = parseArgs({
  options: { steps: { type: 'string', default: '1000000' }, seed: { type: 'string' } },
})
const seed = values.seed === undefined ? Math.floor(Math.random() * 2 ** 31) : Number(values.seed)
const started = performance.now()
const { steps, lives } = walk(seed, Number(values.steps))
const seconds = ((performance.now() - started) / 1000).toFixed(1)
console.log(`${steps} steps in ${lives} lives from seed ${seed}: no rule broken (${seconds} s)`)
