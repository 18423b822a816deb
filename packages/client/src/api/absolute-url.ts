import { EventStreamError } from './event-stream-error.ts'

/** Against the document's or the worker's base, where there is one. */
export function absoluteUrl(url: string | URL): string {
  try {
    return new URL(url, baseUrl()).href
  } catch {
    throw new EventStreamError({
      code: 'invalid-option',
      message: 'The url is not a valid URL; outside a page it must be absolute, like https://host/path',
    })
  }
}

export function baseUrl(): string | undefined {
  if (typeof document !== 'undefined') return document.baseURI
  return typeof location === 'undefined' ? undefined : location.href
}
