import { redirectInit } from '#platform'

/** One request, ready to be sent. */
export interface RequestPlan {
  readonly url: string
  /** Without `signal`: the driver has its own. */
  readonly init: Omit<RequestInit, 'headers' | 'signal'> & { readonly headers: Headers }
}

export function send(
  plan: RequestPlan,
  custom: typeof globalThis.fetch | null,
  signal: AbortSignal,
): Promise<Response> {
  const call = custom ?? globalThis.fetch
  return call(plan.url, { ...plan.init, ...(custom === null ? redirectInit : {}), signal })
}
