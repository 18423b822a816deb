import type { HeadersInit } from './fetch-types.ts'
import { isHeaderValue } from './header-value.ts'
import { invalid } from '../errors/invalid.ts'

/** Headers that a request can carry. The error of a mistake leaves the value out, which may be a secret. */
export function headersOf(given: HeadersInit | undefined): Headers {
  try {
    const headers = new Headers(given ?? undefined)
    if ([...headers.values()].every(isHeaderValue)) return headers
  } catch {
    // The engine's own message repeats the value.
  }
  throw invalid('`headers` holds a character that no request can carry')
}

/** Headers as they are at the call, whatever the app does to the object later; a function is called for each attempt. */
export function headersNow<Ask extends (...context: never) => unknown>(
  given: Ask | HeadersInit | undefined,
): Ask | Headers | undefined {
  return typeof given === 'function' ? given : given && headersOf(given)
}

/** A method that fetch sends. */
export function methodOf(given: string): string {
  if (/^[!#$%&'*+.^`|~\w-]+$/.test(given) && !/^(connect|trace|track)$/i.test(given)) return given
  throw invalid('`method` is none that fetch sends')
}
