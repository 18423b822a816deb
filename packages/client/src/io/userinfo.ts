import type { RequestPlan } from './request-plan.ts'

/** Fetch refuses a URL with `user:password@`. For their own requests browsers turn it into the Authorization header. */
export function withoutUserinfo(plan: RequestPlan): RequestPlan {
  if (!plan.url.includes('@')) return plan
  const url = new URL(plan.url)
  const { username, password } = url
  if (username === '' && password === '') return plan
  url.username = ''
  url.password = ''
  const headers = new Headers(plan.init.headers)
  if (!headers.has('authorization')) headers.set('authorization', basic(username, password))
  return { url: url.href, init: { ...plan.init, headers } }
}

function basic(username: string, password: string): string {
  // A percent sign that encodes nothing stays as it is.
  const bytes = `${username}:${password}`.replace(/%[0-9a-f]{2}/gi, (byte) =>
    String.fromCharCode(parseInt(byte.slice(1), 16)),
  )
  return `Basic ${btoa(bytes)}`
}
