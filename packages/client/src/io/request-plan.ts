import { ownInit } from '#platform'

/** One request, ready to be sent. */
export interface RequestPlan {
  readonly url: string
  /** Without `signal`: the driver has its own. */
  readonly init: Omit<RequestInit, 'headers' | 'signal'> & { readonly headers: Headers }
}

export async function send(
  plan: RequestPlan,
  custom: typeof globalThis.fetch | null,
  signal: AbortSignal,
): Promise<Response> {
  // Jest's jsdom has none.
  const call: typeof globalThis.fetch | undefined = custom ?? globalThis.fetch
  const init = { ...plan.init, ...ownInit(custom), signal }
  const response: Response | undefined = await call?.(plan.url, init)
  // [fetch] A network error: for it fetch rejects, but a mock may give it.
  if (response?.type === 'error') throw new TypeError('`fetch` gave no Response')
  if (response && response.status >= 0) return response
  throw Object.assign(new TypeError('`fetch` gave no Response'), { code: 'invalid-option' })
}
