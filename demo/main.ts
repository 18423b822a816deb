/** The start command: an answer over POST that survives a cut, on this machine or from a real endpoint. */
import { parseArguments, usage } from './arguments.ts'
import { screenFor } from './screen/screen-for.ts'

const { stdout } = process
const screen = screenFor(stdout, process.env.TERM)

const stop = new AbortController()
process.once('SIGINT', () => stop.abort())
process.once('SIGTERM', () => stop.abort())
// Whoever reads our lines may have read enough (`| head`).
stdout.on('error', () => stop.abort())

const args = parseArguments(process.argv.slice(2))
process.exitCode = await main()

/** Loads what is asked for: the server of our own is more than all the rest. */
async function main(): Promise<number> {
  switch (args.type) {
    case 'help':
      screen.line(usage)
      return 0
    case 'invalid':
      console.error(args.message)
      return 2
    case 'endpoint': {
      const { runEndpoint } = await import('./endpoint.ts')
      return runEndpoint(args.endpoint, screen, stop.signal)
    }
    case 'loopback': {
      const { runLoopback } = await import('./loopback.ts')
      return runLoopback(args, screen, stop.signal)
    }
  }
}
