import { redirectFacts, withoutProxyWait } from '#platform'
import type { ReplyFacts } from '../core/failure.ts'
import { hide } from './redact.ts'
import type { RequestPlan } from './request-plan.ts'

/**
 * Reads a reply's head into plain facts, which repeat no secret of the request. A mocked Response has no URL of its own:
 * then the facts have that of the request.
 */
export function replyFacts(
  response: Response,
  plan: RequestPlan,
  secrets: readonly string[],
  wallNow: number,
): ReplyFacts {
  // A copy: to iterate over headers Node makes a sorted list, which it keeps for as long as the reply.
  const given = new Headers(response.headers)
  const headers: Record<string, string> = {}
  given.forEach((value, name) => {
    headers[name] = hide(value, secrets)
  })
  const { status } = response
  // A given fetch may have set a relative one.
  const url = new URL(response.url || plan.url, plan.url).href
  return {
    method: plan.init.method ?? 'GET',
    status,
    // It decides, so it is not cleaned: `?mode=stream` makes a secret of a part of it. Messages tell the header.
    mediaType: essence(given.get('content-type') ?? ''),
    headers,
    // In this order the headers of OpenAI and many more, of Anthropic, and of OpenRouter.
    requestId: headers['x-request-id'] ?? headers['request-id'] ?? headers['x-generation-id'] ?? null,
    retryAfter: retryAfter(withoutProxyWait(response).headers, wallNow),
    shouldRetry: flag(given.get('x-should-retry')),
    redirect: redirectFacts({ status, url }, given.get('location')),
    url,
  }
}

/** `type/subtype` in lower case; a missing or bogus one gives an empty string. */
function essence(contentType: string): string {
  // Several headers arrive joined by commas, and the last valid one counts. A parameter may hold a comma in quotes.
  const types = contentType.match(/(?:[^,"]|"(?:\\.|[^"])*"?)+/g) ?? []
  // HTTP's whitespace is less than that of JavaScript.
  const token = /^[\t ]*([!#$%&'*+.^`|~\w-]+\/[!#$%&'*+.^`|~\w-]+)[\t ]*(;|$)/
  return types.reduce((last, type) => {
    const found = token.exec(type)?.[1]
    return found && found !== '*/*' ? found.toLowerCase() : last
  }, '')
}

/** In ms from the reply; `retry-after-ms` is finer, a date is relative to the reply's own Date. */
function retryAfter(headers: Pick<Headers, 'get'>, wallNow: number): number | null {
  const now = Date.parse(headers.get('date') ?? '') || wallNow
  return longest(headers.get('retry-after-ms'), 1, now) ?? longest(headers.get('retry-after'), 1000, now)
}

/** The longest of the waits: where a proxy adds a header of its own, they arrive joined by commas. */
function longest(header: string | null, unit: number, now: number): number | null {
  // An HTTP date has a comma too, after the name of a day, with which every form of it begins. A value begins behind its
  // spaces: to match them would be quadratic, a minute for the largest header that Chromium takes.
  const values = header?.match(/([a-z]{3,}, *)?[^ ,][^,]*/gi) ?? []
  return values.reduce<number | null>((all, value) => {
    const isDate = /^[a-z]{3}/i.test(value)
    const wait = isDate ? Math.max(0, Date.parse(value) - now) : Number(value) * unit
    return wait >= (all ?? 0) ? wait : all
  }, null)
}

function flag(value: string | null): boolean | null {
  return value === 'true' ? true : value === 'false' ? false : null
}
