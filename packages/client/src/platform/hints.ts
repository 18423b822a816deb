/** What an error's code alone does not say to whoever reads it in a log: Node's fetch has rules of its own. */
export const hintsByCode: ReadonlyMap<string, string> = new Map([
  [
    'UND_ERR_BODY_TIMEOUT',
    "Node's fetch gives up a body after 300 s without a byte (UND_ERR_BODY_TIMEOUT). Let the server send a comment now and then, or pass a fetch whose dispatcher has bodyTimeout: 0",
  ],
  [
    'UND_ERR_HEADERS_TIMEOUT',
    "Node's fetch gives up waiting for a reply after 300 s (UND_ERR_HEADERS_TIMEOUT). Pass a fetch whose dispatcher has a longer headersTimeout",
  ],
  [
    'UND_ERR_HEADERS_OVERFLOW',
    "The reply's head is larger than Node takes (UND_ERR_HEADERS_OVERFLOW). Raise --max-http-header-size, or pass a fetch whose dispatcher has a larger maxHeaderSize",
  ],
  [
    'UND_ERR_RES_EXCEEDED_MAX_SIZE',
    "The dispatcher's maxResponseSize counts the whole stream (UND_ERR_RES_EXCEEDED_MAX_SIZE): leave it out, `limits` bound what an event takes",
  ],
  [
    'UND_ERR_DESTROYED',
    'The dispatcher that the fetch uses was closed (UND_ERR_DESTROYED). Give it another one, or close the stream too',
  ],
  ['UND_ERR_RESPONSE', anAnswer('responseError', 'UND_ERR_RESPONSE')],
  ['UND_ERR_REQ_RETRY', anAnswer('retry', 'UND_ERR_REQ_RETRY')],
  [
    'CERT_NOT_YET_VALID',
    "The server's certificate is not valid yet (CERT_NOT_YET_VALID): the clock of this machine may be wrong",
  ],
  [
    'CERT_HAS_EXPIRED',
    "The server's certificate has expired (CERT_HAS_EXPIRED), or the clock of this machine is wrong",
  ],
])

function anAnswer(interceptor: string, code: string): string {
  return `undici's own ${interceptor} made an error of what the server answered (${code}): leave it out, or no status can be told`
}

/** The same for errors that have no code of their own. `$1` is what the first group has found. */
const hintsByWords: readonly (readonly [words: RegExp, hint: string])[] = [
  // The codes of zlib, Brotli and Zstandard.
  [
    /^(Z_(?:DATA|BUF)_ERROR|ERR__ERROR_\w+|ZSTD_error_\w+)$/,
    'The body cannot be decompressed ($1): it is not what its Content-Encoding says, or was cut',
  ],
  // So Node's parser words the end of a connection in a chunked body, where the reply had said `connection: close`.
  [
    /^Response does not match the HTTP\/1\.1 protocol \(Invalid EOF state\)$/,
    'The server closed the connection in the middle of its reply',
  ],
  // Another protocol answers, or a server breaks HTTP's own: the parser says how, but gives no code.
  [
    /^Response does not match the HTTP\/1\.1 protocol \((.+)\)$/,
    'What came is not the HTTP/1.1 that Node reads ($1)',
  ],
  [
    /^Requires net access|^ERR_ACCESS_DENIED$/,
    'The program was started without the permission to use the network: --allow-net gives it, in Deno for a host alone',
  ],
  [
    /^bad port$|Requests to port \d+ are blocked/,
    'Fetch sends nothing to this port: it is on its list of bad ports',
  ],
  [
    /^WebAssembly is not defined$/,
    "Node's fetch reads HTTP by WebAssembly, which --jitless takes away: pass another fetch, one on node:http",
  ],
  [
    /disturbed or locked/,
    'A body that is a stream is sent once, and no redirect can take it along: give a string or bytes, or, for another attempt, a function that makes a stream',
  ],
  [
    /^Illegal invocation/,
    'The given fetch must be called on what it belongs to: fetch: (url, init) => env.SERVICE.fetch(url, init)',
  ],
  [
    /^The 'cache' field /,
    'Workers know no `cache` before the compatibility date 2024-11-11, or the flag cache_option_enabled: set either, or let the given fetch leave it out',
  ],
  [
    /^(UND_ERR_(?:INVALID_ARG|NOT_SUPPORTED))$/,
    "Node's fetch refuses to send the request ($1): Expect, Keep-Alive, Transfer-Encoding and Upgrade are not for an app to set",
  ],
]

/** What there is to say about an error with these codes and messages, or null. */
export function hintFor(signs: readonly string[]): string | null {
  for (const sign of signs) {
    const hint = hintsByCode.get(sign)
    if (hint !== undefined) return hint
  }
  for (const [words, hint] of hintsByWords) {
    for (const sign of signs) {
      const match = words.exec(sign)
      if (match) return hint.replace('$1', () => match[1] ?? '')
    }
  }
  return null
}
