import { hintFor } from './hints.ts'
import type { Diagnosis, Unanswered } from './terms.ts'

/**
 * What proves that no byte of the request was sent: codes; system calls, since a connect or a lookup fails with any code;
 * and words, of TLS that ends in its handshake, and of the library under Deno's fetch, which has no codes.
 */
const unsent =
  /^(?:ECONNREFUSED|ENOTFOUND|EAI_AGAIN|UND_ERR_CONNECT_TIMEOUT|UND_ERR_PRX_CONN|CERT_NOT_YET_VALID|ConnectionRefused|connect|getaddrinfo|query[A-Z]\w*)$|client error \(Connect\)|before secure TLS connection was established$/

/** A server of HTTP/2 did nothing with the request, it says: in Node's words and in Deno's. */
const refusedStream = /NGHTTP2_REFUSED_STREAM$|refused stream before processing/

/**
 * What is refused today is refused in a second, too: a certificate, a header that Node's fetch does not let an app set,
 * a port, a body that was sent already, a fetch that lost its binding, a permission, a request that a test has no mock for,
 * a fetch that wants WebAssembly where there is none.
 * Only a certificate that is not valid yet becomes so, when the machine, which had no clock of its own, has asked for the
 * time; and one that has expired is renewed: a subscription of weeks must not be lost to an hour. No answer waits for that,
 * so `unsent` leaves it out.
 */
const futile =
  /^(?:CERT_(?!NOT_YET_VALID|HAS_EXPIRED)|ERR_ACCESS_DENIED|ERR_TLS_|DEPTH_ZERO_SELF_SIGNED|SELF_SIGNED|UNABLE_TO_|ERR_INVALID_URL|ERR_INVALID_PROTOCOL|UND_ERR_INVALID_ARG|UND_ERR_NOT_SUPPORTED|UND_MOCK_ERR_MOCK_NOT_MATCHED)|invalid peer certificate(?!: (?:NotValidYet|certificate not valid yet|Expired|certificate expired))|^bad port$|disturbed or locked|Requests to port \d+ are blocked|^Requires net access|^Illegal invocation|^WebAssembly is not defined$|^The 'cache' field /

/** What Node and Bun say of a proxy that opens no tunnel, or wants to know who asks: with its status. */
const refusedByProxy = /^Proxy (?:response \(|Authentication Required \(|refused to open a tunnel: )(\d{3})/

/** What an error of fetch says about its request. `unanswered`: the request, if no reply came. */
export function diagnose(cause: unknown, unanswered: Unanswered | null): Diagnosis {
  const signs = signsOf(cause)
  const proxy = signs.map((sign) => refusedByProxy.exec(sign)?.[1]).find(isString) ?? null
  // Whoever has answered has done something with it.
  const refused = unanswered !== null && signs.some((sign) => refusedStream.test(sign))
  return {
    unsent: proxy !== null || refused || signs.some((sign) => unsent.test(sign)),
    futile: proxy === '403' || proxy === '407' || signs.some((sign) => futile.test(sign)),
    hint: proxy === null ? hintFor(signs) : `The proxy answered ${proxy}, and passed nothing on`,
  }
}

/**
 * The codes, system calls and messages of an error, of its causes and of what they aggregate (one error for each address
 * that was tried).
 */
function signsOf(error: unknown, depth = 0): string[] {
  if (typeof error !== 'object' || error === null || depth > 4) return []
  const own = ['code', 'syscall', 'message'].map((name) => Reflect.get(error, name)).filter(isString)
  const cause = 'cause' in error ? signsOf(error.cause, depth + 1) : []
  const many = 'errors' in error && Array.isArray(error.errors) ? error.errors : []
  return [...own, ...cause, ...many.flatMap((each) => signsOf(each, depth + 1))]
}

function isString(value: unknown): value is string {
  return typeof value === 'string'
}
