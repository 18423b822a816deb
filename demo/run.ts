import { parseArguments, usage } from './arguments.ts'
import type { Screen } from './screen/screen.ts'

/** Does what the arguments say. Resolves to the exit code; loads only what is asked for. */
export async function run(args: readonly string[], screen: Screen, signal: AbortSignal): Promise<number> {
  const asked = parseArguments(args)
  switch (asked.type) {
    case 'help':
      screen.line(usage)
      return 0
    case 'invalid':
      console.error(asked.message)
      return 2
    case 'endpoint': {
      const { runEndpoint } = await import('./endpoint.ts')
      return runEndpoint(asked.endpoint, screen, signal)
    }
    case 'loopback': {
      const { runLoopback } = await import('./loopback.ts')
      return runLoopback(asked, screen, signal)
    }
  }
}
