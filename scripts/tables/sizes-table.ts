import { sizeGoals } from '../sizes/goals.ts'
import { goalSize } from '../sizes/measure.ts'
import { nameOf } from '../sizes/name.ts'
import { markdownTable, type MakeTable } from './regions.ts'

/** A figure in kB is still right when the measured one is this near: not every commit has to change a document. */
const tolerance = 0.15

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
      measured.map(({ name, kilobytes }) => [
        name,
        stillRight(current, name, kilobytes) ?? kilobytes.toFixed(1),
      ]),
    )
}

function stillRight(current: string, name: string, kilobytes: number): string | undefined {
  const line = current.split('\n').find((row) => row.startsWith(`| ${name} `))
  const [, figure] = /(\d+\.\d)\s*\|$/.exec(line ?? '') ?? []
  return figure !== undefined && Math.abs(Number(figure) - kilobytes) <= tolerance ? figure : undefined
}
