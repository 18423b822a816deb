import { invalid } from '../errors/invalid.ts'
import type { EventStreamError } from '../errors/event-stream-error.ts'

/** An absolute URL; a relative one is resolved against `base`, by default that of the document or the worker. */
export function absoluteUrl(given: string | URL, base: string | undefined = baseUrl()): URL {
  const url = parseUrl(given, base)
  if (url === null) {
    throw invalid('The url is not valid; outside a page it must be absolute')
  }
  if (url.username !== '' || url.password !== '') {
    throw invalid('The url holds a user or password: give headers: { authorization }')
  }
  return url
}

export function baseUrl(): string | undefined {
  return globalThis.document?.baseURI ?? globalThis.location?.href
}

export function parseUrl(url: string | URL, base: string | undefined): URL | null {
  try {
    return new URL(url, base)
  } catch {
    return null
  }
}

/** Fetch knows no other schemes. */
export function isFetchable({ protocol }: URL): boolean {
  return /^(https?|data|blob):/.test(protocol)
}

export function unfetchable({ protocol }: URL): EventStreamError {
  return invalid(`fetch knows no ${protocol} URLs`)
}
