/** What pages have and Node has not. */

/** A page never sees a redirect: the engine follows it, by its own rules for headers and origins. */
export const ownsRedirects = false

/** A page is never told whether a request was sent. */
export function provesUnsent(_cause: unknown): boolean {
  return false
}

export function isFutile(_cause: unknown): boolean {
  return false
}
