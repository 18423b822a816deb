/** The start command: an answer over POST that survives a cut, on this machine or from a real endpoint. */
import { parseArguments, usage } from './arguments.ts'
import { runEndpoint } from './endpoint.ts'
import { runLoopback, StartError } from './loopback.ts'
import { plain } from './screen/plain.ts'
import { terminal } from './screen/terminal.ts'

const { stdout } = process
const write = (text: string): void => void stdout.write(text)
const screen = stdout.isTTY ? terminal(write, () => stdout.columns || 80) : plain(write)

const stop = new AbortController()
process.once('SIGINT', () => stop.abort())
process.once('SIGTERM', () => stop.abort())
// Whoever reads our lines may have read enough (`| head`).
stdout.on('error', () => stop.abort())

const args = parseArguments(process.argv.slice(2))
process.exitCode = await main()

async function main(): Promise<number> {
  switch (args.type) {
    case 'help':
      screen.line(usage)
      return 0
    case 'invalid':
      console.error(args.message)
      return 2
    case 'endpoint':
      return runEndpoint(args.endpoint, screen, stop.signal)
    case 'loopback':
      return runLoopback(args, screen, stop.signal).catch(explained)
  }
}

function explained(error: unknown): number {
  if (!(error instanceof StartError)) throw error
  console.error(error.message)
  return 1
}
