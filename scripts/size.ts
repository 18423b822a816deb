/** What each import costs a browser bundle, from the built packages. Fails where it costs too much. */
import { sizeGoals } from './sizes/goals.ts'
import { goalSize } from './sizes/measure.ts'
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
