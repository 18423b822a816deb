/** The limit of the Fetch standard. */
const MAX_REDIRECTS = 20
const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308])

/** Redirects as Fetch does them: followed, refused, or given to the caller. */
export async function followRedirects(
  first: Request,
  text: string,
  send: (request: Request, body: string) => Promise<Response>,
): Promise<Response> {
  let request = first
  let body = text
  for (let hops = 0; hops <= MAX_REDIRECTS; hops += 1) {
    const { url, method } = request
    const response = await send(request, body)
    const location = response.headers.get('location')
    if (first.redirect === 'manual' || location === null || !REDIRECTS.has(response.status)) {
      return Object.defineProperties(response, { url: { value: url }, redirected: { value: hops > 0 } })
    }
    await response.body?.cancel()
    if (first.redirect === 'error')
      throw new TypeError('fetch failed', { cause: new TypeError('unexpected redirect') })
    const asGet = becomesGet(response.status, method)
    if (asGet) body = ''
    request = redirected(request, new URL(location, url), asGet)
  }
  throw new TypeError('fetch failed', { cause: new TypeError('redirect count exceeded') })
}

function becomesGet(status: number, method: string): boolean {
  return (status === 303 && method !== 'HEAD') || (method === 'POST' && (status === 301 || status === 302))
}

/** Without its body, which is handed on beside it. */
function redirected({ url, method, headers: old, signal }: Request, to: URL, asGet: boolean): Request {
  const headers = new Headers(old)
  // [fetch] HTTP-redirect fetch: Authorization does not go to another origin.
  if (to.origin !== new URL(url).origin) headers.delete('authorization')
  if (asGet) headers.delete('content-type')
  return new Request(to, { method: asGet ? 'GET' : method, headers, signal })
}
