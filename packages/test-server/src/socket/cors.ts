/** Origins that may read replies: a list, or a function of the Origin header. Never all of them. */
export type Origins = readonly string[] | ((origin: string) => boolean)

/** Whether it is an origin as browsers write it. `null`, which any page can have, and `*` are none. */
export function isOrigin(text: string): boolean {
  if (!URL.canParse(text)) return false
  const { origin, protocol, host } = new URL(text)
  return text === (origin === 'null' ? `${protocol}//${host}` : origin)
}

/** @throws {TypeError} for what no Origin header can equal: nobody would see why replies cannot be read */
export function checkOrigins(origins: Origins): void {
  if (typeof origins === 'string')
    throw new TypeError('`origins` is a list of origins, or a function of one; not a text.')
  const odd = typeof origins === 'function' ? undefined : origins.find((origin) => !isOrigin(origin))
  if (odd !== undefined) {
    throw new TypeError(
      `\`origins\` are origins as browsers write them (http://localhost:5173), not ${JSON.stringify(odd)}.`,
    )
  }
}

/** CORS headers for an allowed origin, none for another. Credentials are allowed with them: the origin is named. */
export function corsHeaders(origin: string | undefined, origins: Origins): Record<string, string> {
  if (origin === undefined || !allowed(origin, origins)) return {}
  return {
    'access-control-allow-origin': origin,
    'access-control-allow-credentials': 'true',
    'access-control-expose-headers':
      'retry-after, x-request-id, x-should-retry, retry-after-ms, date, location',
    vary: 'origin',
  }
}

/** What a preflight is answered with, beside `corsHeaders`. */
export function preflightHeaders(requested: string | undefined): Record<string, string> {
  return {
    'access-control-allow-methods': 'GET, POST, PUT, PATCH, DELETE',
    'access-control-max-age': '600',
    ...(requested === undefined ? {} : { 'access-control-allow-headers': requested }),
  }
}

/**
 * Whether a request may change state. Browsers say where a request comes from; what says nothing is no
 * browser, and needs the token alone.
 */
export function mayChangeState(
  headers: { readonly origin?: string | undefined; readonly 'sec-fetch-site'?: string | undefined },
  origins: Origins,
): boolean {
  if (headers.origin !== undefined) return allowed(headers.origin, origins)
  const site = headers['sec-fetch-site']
  return site === undefined || site === 'same-origin' || site === 'none'
}

function allowed(origin: string, origins: Origins): boolean {
  return typeof origins === 'function' ? origins(origin) : origins.includes(origin)
}
