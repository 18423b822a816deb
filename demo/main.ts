/** The start command: an answer over POST that survives a cut, on this machine or from a real endpoint. */
import { run } from './run.ts'
import { screenFor } from './screen/screen-for.ts'

const { stdout } = process
const stop = new AbortController()
process.once('SIGINT', () => stop.abort())
process.once('SIGTERM', () => stop.abort())
// Whoever reads our lines may have read enough (`| head`).
stdout.on('error', () => stop.abort())

process.exitCode = await run(process.argv.slice(2), screenFor(stdout, process.env.TERM), stop.signal)
