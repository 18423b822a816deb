import { plain } from './plain.ts'
import type { Screen } from './screen.ts'
import { terminal } from './terminal.ts'

/** What of standard output counts. */
export interface Output {
  readonly isTTY: boolean
  readonly columns: number
  write(text: string): unknown
}

/** A terminal that can move its cursor is written to in place; a dumb one, a file or a pipe line by line. */
export function screenFor(output: Output, term: string | undefined): Screen {
  const write = (text: string): void => void output.write(text)
  return output.isTTY && term !== 'dumb' ? terminal(write, () => output.columns || 80) : plain(write)
}
