import { LONGEST } from '../timer.ts'
import type { Exchange, Records } from './records.ts'

/** How long a test waits for what it expects. */
export interface Waiting {
  /** Real ms, also where timers are faked; Infinity: as long as the test lasts. @default 4000 */
  readonly within?: number | undefined
}

/** What a test waited for did not come in time. The message tells what had come. */
export class WaitTimeoutError extends Error {
  override readonly name = 'WaitTimeoutError'
}

/** Less than the 5 s that Vitest and Jest give to a test: all that they can say is that it took too long. */
const DEFAULT_WITHIN = 4000

/** As they are before a test fakes them. */
const { setTimeout, clearTimeout } = globalThis

/** Calls `wait` with a signal that aborts in time; rejects when that gives false. `what` did not come, in words. */
export async function waitFor(
  what: string,
  records: Records,
  { within = DEFAULT_WITHIN }: Waiting,
  wait: (signal: AbortSignal) => Promise<boolean>,
): Promise<void> {
  if (!(within >= 0)) throw new RangeError(`\`within\` is a number of ms from 0, not ${within}.`)
  const late = new AbortController()
  const timer = setTimeout(() => late.abort(), Math.min(within, LONGEST))
  try {
    if (await wait(late.signal)) return
  } finally {
    clearTimeout(timer)
  }
  throw new WaitTimeoutError(`${what} did not come within ${within} ms. ${soFar(records)}`)
}

/** So many exchanges are told, the last ones. */
const TOLD = 10

function soFar({ exchanges, preflights, forgotten }: Records): string {
  const asked = preflights === 0 ? '' : `, and ${preflights} CORS preflight${preflights === 1 ? '' : 's'}`
  if (exchanges.length === 0) return `There was no request so far${asked}.`
  const before = forgotten + Math.max(0, exchanges.length - TOLD)
  const earlier = before > 0 ? ` (${before} more before these)` : ''
  const list = exchanges.slice(-TOLD).map((exchange) => `\n  ${inWords(exchange)}`)
  return `So far${asked}${earlier}:${list.join('')}`
}

function inWords({ request, state, status, bytes, gate }: Exchange): string {
  const { number, method, url, lastEventId } = request
  const from = lastEventId === null ? '' : ` from ${JSON.stringify(lastEventId)}`
  const at = gate === null ? '' : `, at gate ${JSON.stringify(gate)}`
  return `${number}. ${method} ${url}${from}: ${status ?? 'no reply yet'}, ${bytes} bytes, ${state}${at}`
}
