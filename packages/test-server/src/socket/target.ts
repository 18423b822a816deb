import type { AnyRequest } from './wire.ts'

/** What a request asks for; null when its target is no URL. `//a` is a path here, not a host. */
export function targetOf({ url = '/' }: AnyRequest): URL | null {
  const text = url.startsWith('/') ? `http://localhost${url}` : url
  return URL.canParse(text, 'http://localhost') ? new URL(text, 'http://localhost') : null
}

/** The query of what it asks for; empty where that is no URL. */
export function queryOf(request: AnyRequest): URLSearchParams {
  return targetOf(request)?.searchParams ?? new URLSearchParams()
}
