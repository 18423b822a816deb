/** Runs days of outages on a model network and a virtual clock: `pnpm day --days 100`, and `--seed` to replay one. */
import { parseArgs } from 'node:util'
import { answer, day, feed } from '../packages/client/test/link/day.ts'
import { byAnswer, byClass, byStream } from '../packages/client/test/link/readers.ts'

const { values } = parseArgs({
  options: { days: { type: 'string', default: '1' }, seed: { type: 'string' } },
})
const first = values.seed === undefined ? Math.floor(Math.random() * 2 ** 31) : Number(values.seed)
const runs = [
  { name: 'a day of fetchEventStream()', plan: feed, reader: byStream, last: [] },
  { name: 'a day of EventSource', plan: feed, reader: byClass, last: [] },
  { name: 'an answer over POST', plan: answer, reader: byAnswer, last: ['complete'] },
]

for (let seed = first; seed < first + Number(values.days); seed++) {
  for (const { name, plan, reader, last } of runs) {
    const started = performance.now()
    const { sent, heard, troubles, attempts } = await day(seed, plan, reader)
    const took = Math.round(performance.now() - started)
    const outages = Object.values(troubles).reduce((sum, count) => sum + count, 0)
    const expected = [...sent, ...last]
    const right = expected.length === heard.length && expected.every((data, i) => data === heard[i])
    const verdict = right ? 'each once, in order' : `WRONG: ${heard.length - last.length} heard`
    console.log(
      `seed ${seed}, ${name}: ${sent.length} events, ${verdict}; ${outages} outages, ${attempts} attempts, ${took} ms`,
    )
    if (!right) process.exitCode = 1
  }
}
