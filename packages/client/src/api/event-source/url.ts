import { baseUrl, parseUrl } from '../absolute-url.ts'

/** Code points that no host may hold. Chromium's URL parser encodes some of them instead of refusing the URL. */
const forbiddenInHost = /[\s%<>^|]/

/** The URL of an EventSource, against the base of the document or the worker. */
export function eventSourceUrl(given: string | URL): URL {
  // A USVString by WebIDL: a symbol throws a TypeError here, before anything else is looked at.
  const text = `${given}`
  const url = parseUrl(text, baseUrl())
  // [spec] If urlRecord is failure, then throw a "SyntaxError" DOMException.
  if (url === null || forbiddenInHost.test(url.hostname)) {
    // Without the parts that may hold a user, a password or a token.
    const told = text.replace(/[?#].*/s, '').replace(/\/\/.*@/s, '//')
    throw new DOMException(`EventSource: ${JSON.stringify(told)} is not a valid URL`, 'SyntaxError')
  }
  return url
}
