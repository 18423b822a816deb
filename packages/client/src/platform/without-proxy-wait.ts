/** What says how long to wait. */
interface Reply {
  readonly status: number
  readonly headers: Pick<Headers, 'get'>
}

/**
 * The same reply, without a Retry-After that no server gave. Varnish (and the CDN that is built on it) answers 503 by
 * itself, with a Retry-After, where the server has taken the request and is slow with it: a POST would be sent again, and
 * be paid for twice. Pages are not told: there the header `server` is hidden from them, or the server is their own.
 */
export function withoutProxyWait(reply: Reply): Reply {
  const byVarnish = reply.status === 503 && reply.headers.get('server') === 'Varnish'
  return byVarnish ? { status: 503, headers: new Headers() } : reply
}
