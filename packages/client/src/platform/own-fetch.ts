import type { Fetch } from '../io/fetch.ts'

const ownFetches = new WeakSet<Fetch>()

/** Takes a function of ours around the runtime's own fetch for that one: it adds no secret, and gets each hop's reply. */
export function asOwn(fetch: Fetch): Fetch {
  ownFetches.add(fetch)
  return fetch
}

/** `given`: nothing is the runtime's own, and so is the global one, whatever is put in its place later. */
export function isOwn(given: Fetch | null | undefined): boolean {
  if (given && given === globalThis.fetch) asOwn(given)
  return !given || ownFetches.has(given)
}
