/**
 * What each import costs a browser bundle, from the built packages. Fails where it costs too much. With `--where`, what
 * the two largest are made of.
 */
import { argv } from 'node:process'
import { sizeGoals } from './sizes/goals.ts'
import { goalSize, kilobytesByArea } from './sizes/measure.ts'
import { nameOf } from './sizes/name.ts'
import { verdictOf } from './sizes/verdict.ts'

const rows = await Promise.all(
  sizeGoals.map(async (goal) => {
    const bytes = await goalSize(goal, 'dist')
    return { goal, bytes, verdict: verdictOf(bytes, goal) }
  }),
)

for (const { goal, bytes, verdict } of rows) {
  console.log(
    `${String(bytes).padStart(6)} B of ${goal.goal.toFixed(1)} kB  ${verdict.padEnd(13)}  ${nameOf(goal)}`,
  )
}
if (rows.some(({ verdict }) => verdict === 'TOO LARGE')) process.exitCode = 1

if (argv.includes('--where')) {
  for (const name of ['fetchEventStream', 'EventSource']) {
    const areas = await kilobytesByArea({ '@millrace/client': [name] }, 'dist')
    console.log(`\n${name}, kB shared out by minified size`)
    for (const [area, kilobytes] of areas) console.log(`${kilobytes.toFixed(1).padStart(6)} kB  ${area}`)
  }
}
