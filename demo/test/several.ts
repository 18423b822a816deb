/**
 * Runs the start command with one list of arguments after the other, all in this process: most of such a run is the
 * start of a program. Its argument is the lists as JSON; each exit code is a line on stderr. It ends when nothing that a
 * run left behind keeps it.
 */
import { run } from '../run.ts'
import { plain } from '../screen/plain.ts'

const lists: string[][] = JSON.parse(process.argv[2] ?? '')
for (const args of lists) {
  const code = await run(
    args,
    plain(() => {}),
    new AbortController().signal,
  )
  console.error(`exit code ${code}`)
}
