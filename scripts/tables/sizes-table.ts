import { sizeGoals } from '../sizes/goals.ts'
import { goalSize } from '../sizes/measure.ts'
import { nameOf } from '../sizes/name.ts'
import { markdownTable, type MakeTable } from './regions.ts'
import { stillRight } from './still-right.ts'

/** What each import costs, from the sources: no build is needed to know. */
export async function sizesTable(): Promise<MakeTable> {
  const measured = await Promise.all(
    sizeGoals.map(async (goal) => ({
      name: nameOf(goal),
      kilobytes: (await goalSize(goal, 'source')) / 1000,
    })),
  )
  return (current) =>
    markdownTable(
      ['import', 'kB'],
      measured.map(({ name, kilobytes }) => [name, stillRight(current, name, 1, kilobytes)]),
    )
}
