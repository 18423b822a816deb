import type { Preparing } from '../../io/owner.ts'
import type { RequestPlan } from '../../io/request-plan.ts'
import { parseUrl } from '../request/absolute-url.ts'
import { headersOf, methodOf } from '../request/sendable.ts'
import { invalid } from '../errors/invalid.ts'
import { bodyOf, asked, contextOf, headersFor, type RequestParts } from '../request/request.ts'
import type { ResumeContext, ResumeFunction, ResumeRequest } from './resume.ts'

/** The request that `resume` gives; null when there is nothing to go on with. */
export async function resumedRequest(
  parts: RequestParts,
  resume: ResumeFunction,
  known: Pick<ResumeContext, 'cursor' | 'response'>,
  preparing: Preparing,
): Promise<RequestPlan | null> {
  const { url, method, json } = parts
  const { attempt, signal } = preparing
  const headers = await headersFor(parts, contextOf(preparing))
  const resumed = await asked('resume', resume, {
    ...known,
    request: { url, method, headers, json },
    attempt,
    signal,
  })
  return resumed === null ? null : planOf(parts, resumed, headers)
}

function planOf(parts: RequestParts, resumed: ResumeRequest, original: Headers): RequestPlan {
  if (typeof resumed !== 'object') throw invalid('`resume` gave no request')
  const url = parseUrl(resumed.url ?? parts.url, parts.url)
  if (url === null) throw invalid('`resume` gave no valid url')
  const headers = headersOf(
    resumed.headers ?? (url.origin === new URL(parts.url).origin ? withoutBodyHeaders(original) : {}),
  )
  if (!headers.has('accept')) headers.set('accept', parts.accept)
  const method = methodOf(resumed.method ?? 'GET')
  return { url: url.href, init: { ...parts.init, method, headers, ...bodyOf(resumed.body) } }
}

/** The app's headers without those that describe a body, and without the key that marks the original request. */
export function withoutBodyHeaders(original: Headers): Headers {
  const headers = new Headers(original)
  headers.delete('content-type')
  headers.delete('idempotency-key')
  return headers
}
