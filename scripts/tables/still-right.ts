/** A figure in kB is still right when the measured one is this near: not every commit has to change a document. */
const tolerance = 0.15

/** A figure of a table: the one that stands there, in the row of that name, while it is still right. */
export function stillRight(current: string, row: string, column: number, kilobytes: number): string {
  const line = current.split('\n').find((text) => text.startsWith(`| ${row} `)) ?? ''
  const figure = (line.split('|')[column + 1] ?? '').trim()
  const isRight = /^\d+\.\d$/.test(figure) && Math.abs(Number(figure) - kilobytes) <= tolerance
  return isRight ? figure : kilobytes.toFixed(1)
}
