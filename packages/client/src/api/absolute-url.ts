import { invalid } from './check-options.ts'

/** Against the document's or the worker's base, where there is one. */
export function absoluteUrl(given: string | URL): string {
  const url = parse(given)
  if (url === null) {
    throw invalid('The url is not a valid URL; outside a page it must be absolute, like https://host/path')
  }
  if (url.username !== '' || url.password !== '') {
    throw invalid(
      'The url holds a user name or a password, which fetch refuses: send them by headers: { authorization }',
    )
  }
  return url.href
}

export function baseUrl(): string | undefined {
  if (typeof document !== 'undefined') return document.baseURI
  return typeof location === 'undefined' ? undefined : location.href
}

function parse(url: string | URL): URL | null {
  try {
    return new URL(url, baseUrl())
  } catch {
    return null
  }
}
