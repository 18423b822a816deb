import { lastEventIdGet } from '@millrace/client'
import type { Endpoint } from './arguments.ts'
import { ask } from './ask.ts'
import { errorIn, explain } from './explain.ts'
import type { Screen } from './screen/screen.ts'
import { summary } from './summary.ts'

/** A person waits at the terminal: two attempts without an event, then say so. */
const retry = { maxAttempts: 2, maxRetryAfter: 10_000 }

/** Asks a real endpoint. Resolves to the exit code. */
export async function runEndpoint(endpoint: Endpoint, screen: Screen, signal: AbortSignal): Promise<number> {
  const { url, headers, json, until, pick } = endpoint
  const options = {
    headers: headers.map(([name, value]): [string, string] => [name, value]),
    ...(json === undefined ? {} : { json }),
    ...(until === undefined ? {} : { until }),
    // Without a path all that comes is shown as it is, so nothing is hidden.
    ...(pick === undefined ? {} : { errorOf: errorIn }),
    resume: lastEventIdGet,
    retry,
    signal,
  }
  const answered = await ask(url, options, pick, screen)
  const { outcome, opened, ids } = answered
  for (const line of summary(answered, undefined)) screen.line(line)
  if (outcome.type === 'ended' && !opened) {
    console.error('The server answered 204: there is nothing to read.')
    return 1
  }
  if (outcome.type === 'complete' || (outcome.type === 'ended' && until === undefined)) {
    if (ids.length > 0 || pick === undefined) return 0
    console.error(
      `No text at ${pick} in what came: ${outcome.events} ${outcome.events === 1 ? 'event' : 'events'}.`,
    )
    return 1
  }
  console.error(outcome.type === 'aborted' ? 'Stopped.' : explain(outcome.error, url))
  return outcome.type === 'aborted' ? 130 : 1
}
