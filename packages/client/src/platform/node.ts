import { memberOf } from '../core/member-of.ts'
import { inTime } from './in-time.ts'
import { hintsByCode } from './hints-by-code.ts'
import type { Diagnosis, Dropped, PageEvent, Unanswered } from './terms.ts'
import type { Steps } from './steps.ts'

/** What Node, Bun and Deno need and pages do not. The twin of browser.ts: both export the same names. */

export { eventKind, targetClass } from './target-class.ts'
export { patient } from './patient.ts'
export { gathering } from './gathering.ts'
export { inTurns } from './turns.ts'
export { detour, overHops, redirectFacts, redirectsBy } from './hops.ts'
export { partsOf } from './header-parts.ts'
export { withoutSecret } from './cut-secrets.ts'
export { asOwn } from './own-fetch.ts'
export { ownInit } from './own-init.ts'
export { withoutProxyWait } from './without-proxy-wait.ts'
export { inOwnContext } from './own-context.ts'

/** Fetch in Node adds these by itself for `no-store`; those of Bun and Deno do not. Only in a page would it cost a preflight. */
export const ownHeaders: Readonly<Record<string, string>> = {
  'cache-control': 'no-cache',
  pragma: 'no-cache',
}

/** There is no CORS outside pages. */
export function mayProbe(_url: URL): boolean {
  return false
}

/** Resolves after timers and sockets have had a turn. */
export function anotherTask(): Promise<void> {
  return new Promise((resolve) => void (globalThis.setImmediate ?? setTimeout)(resolve))
}

/** As it is before a test fakes it: under fake timers, too, a body is let go. */
const { setImmediate: inRealTask = globalThis.setTimeout } = globalThis

/**
 * Lets go of a body: by the abort, which is enough for a fetch; one that ignores its signal has the body cancelled a task
 * later. What stands in for Node's fetch in tests minds how. Under MSW and nock the process dies where a timer, not a
 * microtask, lets go of a body that is being read. happy-dom's body throws where it has ended, and was cancelled before
 * that was read.
 */
export async function letGo(body: Dropped, controller: AbortController): Promise<void> {
  void Promise.resolve().then(() => controller.abort())
  await body.cancel('dropped', realTask())
}

/** What a loop steps through, with turns for timers and sockets. */
export function paced<T>(steps: Steps<T>): Steps<T> {
  return inTime(steps, realTask)
}

function realTask(): Promise<void> {
  return new Promise((resolve) => void inRealTask(resolve))
}

/** There is no page. */
export function watchPage(_tell: (event: PageEvent) => void): () => void {
  return () => {}
}

export function isOffline(): boolean {
  return false
}

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

export function diagnose(cause: unknown, unanswered: Unanswered | null): Diagnosis {
  const signs = signsOf(cause)
  const proxy = firstGroup(signs, refusedByProxy)
  // Whoever has answered has done something with it.
  const refused = unanswered !== null && signs.some((sign) => refusedStream.test(sign))
  return {
    unsent: proxy !== null || refused || signs.some((sign) => unsent.test(sign)),
    futile: proxy === '403' || proxy === '407' || signs.some((sign) => futile.test(sign)),
    hint: proxy === null ? hintOf(signs) : `The proxy answered ${proxy}, and passed nothing on`,
  }
}

/** Another protocol answers, or a server breaks HTTP's own: Node's parser says how, in words of its own, but gives no code. */
const noHttp = /^Response does not match the HTTP\/1\.1 protocol \((.+)\)$/

/** So it words the end of a connection in a chunked body, where the reply had said `connection: close`. */
const cutShort = 'Invalid EOF state'

/** The codes of zlib, Brotli and Zstandard. */
const cannotDecompress = /^(Z_(?:DATA|BUF)_ERROR|ERR__ERROR_\w+|ZSTD_error_\w+)$/

/** What the first group of a pattern holds, in the first sign that it matches. */
function firstGroup(signs: readonly string[], pattern: RegExp): string | null {
  return signs.map((sign) => pattern.exec(sign)?.[1]).find(isString) ?? null
}

function hintOf(signs: readonly string[]): string | null {
  const known = signs.map((sign) => hintsByCode.get(sign)).find(isString)
  if (known !== undefined) return known
  const garbled = firstGroup(signs, cannotDecompress)
  if (garbled !== null) {
    return `The body cannot be decompressed (${garbled}): it is not what its Content-Encoding says, or was cut`
  }
  const fault = firstGroup(signs, noHttp)
  if (fault === cutShort) return 'The server closed the connection in the middle of its reply'
  if (fault !== null) return `What came is not the HTTP/1.1 that Node reads (${fault})`
  if (signs.some((sign) => sign.startsWith('Requires net access') || sign === 'ERR_ACCESS_DENIED')) {
    return 'The program was started without the permission to use the network: --allow-net gives it, in Deno for a host alone'
  }
  if (signs.some((sign) => /^bad port$|Requests to port \d+ are blocked/.test(sign)))
    return 'Fetch sends nothing to this port: it is on its list of bad ports'
  if (signs.includes('WebAssembly is not defined')) {
    return "Node's fetch reads HTTP by WebAssembly, which --jitless takes away: pass another fetch, one on node:http"
  }
  if (signs.some((sign) => sign.includes('disturbed or locked'))) {
    return 'A body that is a stream is sent once, and no redirect can take it along: give a string or bytes, or, for another attempt, a function that makes a stream'
  }
  if (signs.some((sign) => sign.startsWith('Illegal invocation'))) {
    return 'The given fetch must be called on what it belongs to: fetch: (url, init) => env.SERVICE.fetch(url, init)'
  }
  if (signs.some((sign) => sign.startsWith("The 'cache' field "))) {
    return 'Workers know no `cache` before the compatibility date 2024-11-11, or the flag cache_option_enabled: set either, or let the given fetch leave it out'
  }
  const refused = signs.find((sign) => /^UND_ERR_(?:INVALID_ARG|NOT_SUPPORTED)$/.test(sign))
  if (refused !== undefined) {
    return `Node's fetch refuses to send the request (${refused}): Expect, Keep-Alive, Transfer-Encoding and Upgrade are not for an app to set`
  }
  return null
}

/**
 * Whether an object, as a log shows it, holds a secret: in a request, its headers, a map. After 500 objects it counts as
 * holding one.
 */
export function mayTell(value: unknown, secrets: readonly string[], seen: Set<unknown> = new Set()): boolean {
  if (typeof value === 'string')
    return value.split(/\s+/).some(isTellingUrl) || secrets.some((secret) => value.includes(secret))
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value) || seen.has(value))
    return false
  if (seen.size === 500) return true
  seen.add(value)
  const own = Reflect.ownKeys(value).map((key) => Object.getOwnPropertyDescriptor(value, key)?.value)
  const listed = Symbol.iterator in value ? Array.from(value as Iterable<unknown>) : []
  const hidden = ['headers', 'url', 'href'].map((name) => memberOf(value, name))
  return [...own, ...listed, ...hidden].some((member) => mayTell(member, secrets, seen))
}

/** A URL with a user or a query. Looked for behind the first `http:` alone: from each of a row it would be quadratic. */
function isTellingUrl(word: string): boolean {
  const at = word.search(/\bhttps?:/)
  return at >= 0 && /[?@]/.test(word.slice(at))
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
