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
