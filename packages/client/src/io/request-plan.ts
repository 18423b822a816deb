import { ownInit } from '#platform'
import type { Fetch } from './fetch.ts'

/** One request, ready to be sent. */
export interface RequestPlan {
  readonly url: string
  /** Without `signal`: the driver has its own. */
  readonly init: Omit<RequestInit, 'headers' | 'signal'> & { readonly headers: Headers }
  /** The request that a redirect led on from. */
  readonly before?: RequestPlan
}

export async function send(
  plan: RequestPlan,
  custom: Fetch | undefined,
  signal: AbortSignal,
): Promise<Response> {
  // Jest's jsdom has none.
  const call: Fetch | undefined = custom ?? globalThis.fetch
  const response: Response | undefined = await call?.(plan.url, {
    ...plan.init,
    headers: Object.fromEntries(plan.init.headers),
    signal,
    ...ownInit(custom, plan),
  })
  // [fetch] For it fetch rejects, but a mock may give it.
  if (response?.type === 'error') throw new TypeError('network error')
  if (response && response.status >= 0) return response
  throw Object.assign(new TypeError('`fetch` gave no Response'), { code: 'invalid-option' })
}
