import { redirectFacts } from '#platform'
import type { ReplyFacts } from '../core/failure.ts'
import { hide } from './redact.ts'
import type { RequestPlan } from './request-plan.ts'

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
  // Of a copy: Node keeps the sorted list that it makes of headers to go through them, for as long as the reply.
  const given = new Headers(response.headers)
  const headers: Record<string, string> = {}
  given.forEach((value, name) => {
    headers[name.toLowerCase()] = hide(value, secrets)
  })
  const { status } = response
  const url = response.url || plan.url
  return {
    method: plan.init.method ?? 'GET',
    status,
    mediaType: essence(given.get('content-type') ?? ''),
    headers,
    // By OpenAI and many more, Anthropic, OpenRouter.
    requestId: given.get('x-request-id') ?? given.get('request-id') ?? given.get('x-generation-id'),
    retryAfter: retryAfter(given, wallNow),
    shouldRetry: flag(given.get('x-should-retry')),
    redirect: redirectFacts({ status, url }, given.get('location')),
    url,
  }
}

/** `type/subtype` in lower case; a missing or bogus one gives an empty string. */
function essence(contentType: string): string {
  // Several headers come joined by commas; the last valid one counts, and a parameter may hold a comma in quotes.
  const types = contentType.match(/(?:[^,"]|"(?:\\.|[^"])*")+/g) ?? []
  const token = /^\s*([!#$%&'*+\-.^_`|~\w]+\/[!#$%&'*+\-.^_`|~\w]+)\s*(?:;|$)/
  const last = types.map((type) => token.exec(type)?.[1]).findLast((type) => type && type !== '*/*')
  return last?.toLowerCase() ?? ''
}

/** In ms from the reply; `retry-after-ms` is finer, a date is relative to the reply's own Date. */
function retryAfter(headers: Headers, wallNow: number): number | null {
  const now = Date.parse(headers.get('date') ?? '') || wallNow
  return longest(headers.get('retry-after-ms'), 1, now) ?? longest(headers.get('retry-after'), 1000, now)
}

/** Where a proxy adds a header of its own, they come joined by commas: nobody is to be asked before the last of these. */
function longest(header: string | null, unit: number, now: number): number | null {
  // The comma of an HTTP date stands behind the day's name, with which every form of one opens.
  const values = header?.match(/ *(?:[a-z]{3,}, *)?[^ ,][^,]*/gi) ?? []
  return values.reduce<number | null>((all, value) => {
    const isDate = /^ *[a-z]{3}/i.test(value)
    const wait = isDate ? Math.max(0, Date.parse(value) - now) : Number(value) * unit
    return wait >= (all ?? 0) ? wait : all
  }, null)
}

function flag(value: string | null): boolean | null {
  return value === 'true' ? true : value === 'false' ? false : null
}
