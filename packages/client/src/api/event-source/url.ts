import { baseUrl, parseUrl } from '../request/absolute-url.ts'

/**
 * Chromium's URL parser encodes what no host may hold, instead of refusing the URL, and the asterisk, which a host may
 * hold. A standard parser leaves no percent sign in the host of a URL that has an origin.
 */
const forbiddenInHost = /%(?!2A)/

/** The URL of an EventSource, against the base of the document or the worker. */
export function eventSourceUrl(text: string): URL {
  const url = parseUrl(text, baseUrl())
  // [spec] If urlRecord is failure, then throw a "SyntaxError" DOMException.
  if (url === null || forbiddenInHost.test(url.origin)) {
    // Without the parts that may hold a user, a password or a token.
    const told = text.replace(/[?#].*/s, '').replace(/\/\/.*@/s, '//')
    // React Native has no DOMException; a SyntaxError has the same name.
    throw new (globalThis.DOMException ?? SyntaxError)(
      `EventSource: ${JSON.stringify(told)} is not a valid URL`,
      'SyntaxError',
    )
  }
  return url
}
