import type { Failure, FailureFacts } from '../../core/failure.ts'
import { memberOf } from '../../core/member-of.ts'

/**
 * One clear sentence that says what happened and, where there is something to do, what to do. A server's words in it
 * are of its own choice: they are cut, and characters that would garble a log are taken out.
 */
export function messageOf(failure: Failure): string {
  return sentence(failure)
    .replace(/[\p{Cc}\p{Cf}\p{Z}]/gu, ' ')
    .slice(0, longest)
}

const longest = 1000

function sentence(failure: Failure): string {
  switch (failure.code) {
    case 'network':
      return failure.hint ?? `The connection failed${detail(failure.cause)}`
    case 'http-status':
      return `The server answered ${failure.reply.status}${quoted(failure)}`
    case 'content-type':
      // The header, of which secrets were taken out, not the type that was read in it.
      return `The server answered with ${failure.reply.headers['content-type'] ?? 'no content type'}, not text/event-stream${quoted(failure)}`
    case 'no-content':
      return 'The server answered 204: nothing to read'
    case 'timeout':
      return `${silences[failure.timeout]} within ${failure.after} ms (timeouts.${failure.timeout})`
    case 'truncated':
      return failure.hint
    case 'server-error':
      return `The server sent an error: ${failure.message}`
    case 'too-large':
      return `Too large: over ${failure.bytes} bytes (limits: ${failure.limit})`
    case 'not-repeated':
      return `The ${failure.method} was not sent again: it may run twice. A stream needs \`resume\`, an EventSource event IDs or retry: { unsafe: true }`
    case 'retries-exhausted':
      return `Gave up after ${failure.limit}: ${sentence(failure.cause)}`
    default:
      return failure.message
  }
}

const silences = {
  headers: 'No reply',
  firstEvent: 'No event',
  idle: 'Nothing came',
  total: 'Not done',
}

/** What the server said, in one line; the whole excerpt is in `body`. */
function quoted({ said }: FailureFacts): string {
  return said ? `: ${said}` : ''
}

/** The code that runtimes put into an error, often some levels down. Never their message: it may hold a URL with a secret. */
function detail(cause: unknown): string {
  for (let error = cause, depth = 0; depth < 4; depth++) {
    const code = memberOf(error, 'code')
    if (typeof code === 'string') return ` (${code})`
    error = memberOf(error, 'cause')
  }
  return ''
}
