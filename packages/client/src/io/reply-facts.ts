import { redirectFacts } from '#platform'
import type { ReplyFacts } from '../core/failure.ts'
import { hide } from './redact.ts'
import type { RequestPlan } from './request-plan.ts'

/** Servers' names for the ID of a request: OpenAI and many more, Anthropic, OpenRouter. */
const requestIdHeaders = ['x-request-id', 'request-id', 'x-generation-id']

/**
 * Reads a reply's head into plain facts, in which no secret of the request is repeated. A mocked Response has no URL of
 * its own: then it is what was asked for.
 */
export function replyFacts(
  response: Response,
  plan: RequestPlan,
  secrets: readonly string[],
  wallNow: number,
): ReplyFacts {
  const headers: Record<string, string> = {}
  // Of a copy: Node keeps the sorted list that it makes of headers to go through them, for as long as the reply.
  new Headers(response.headers).forEach((value, name) => {
    headers[name.toLowerCase()] = value
  })
  const facts = {
    method: plan.init.method ?? 'GET',
    status: response.status,
    mediaType: essence(headers['content-type']),
    headers,
    requestId: requestIdHeaders.map((name) => headers[name]).find((id) => id !== undefined) ?? null,
    retryAfter: retryAfter(headers, wallNow),
    shouldRetry: flag(headers['x-should-retry']),
    url: response.url || plan.url,
  }
  const told = Object.entries(headers).map(([name, value]) => [name, hide(value, secrets)] as const)
  return { ...facts, redirect: redirectFacts(facts), headers: Object.fromEntries(told) }
}

/** `type/subtype` in lower case; a missing or bogus one gives an empty string. */
function essence(contentType: string | undefined): string {
  // Several headers come joined by commas; the last valid one counts, and a parameter may hold a comma in quotes.
  const types = (contentType ?? '').match(/(?:[^,"]|"(?:\\.|[^"])*")+/g) ?? []
  const token = /^\s*([!#$%&'*+\-.^_`|~\w]+\/[!#$%&'*+\-.^_`|~\w]+)\s*(?:;|$)/
  const last = types
    .map((type) => token.exec(type)?.[1])
    .findLast((type) => type !== undefined && type !== '*/*')
  return last?.toLowerCase() ?? ''
}

/** In ms from the reply; `retry-after-ms` is finer, a date is relative to the reply's own Date. */
function retryAfter(headers: Readonly<Record<string, string>>, wallNow: number): number | null {
  const ms = headers['retry-after-ms']
  if (ms !== undefined && /^\d+(\.\d+)?$/.test(ms.trim())) return Number(ms)
  const value = headers['retry-after']?.trim()
  if (value === undefined || value === '') return null
  if (/^\d+(\.\d+)?$/.test(value)) return Number(value) * 1000
  // Every form of an HTTP date opens with the day's name; engines also read a date in `-3`.
  const date = /^[a-z]{3}/i.test(value) ? Date.parse(value) : Number.NaN
  if (Number.isNaN(date)) return null
  const sent = Date.parse(headers['date'] ?? '')
  return Math.max(0, date - (Number.isNaN(sent) ? wallNow : sent))
}

function flag(value: string | undefined): boolean | null {
  return value === 'true' ? true : value === 'false' ? false : null
}
