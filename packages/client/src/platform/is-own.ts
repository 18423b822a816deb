import type { Fetch } from '../io/fetch.ts'
import { isAsOwn } from './own-fetch.ts'

/** Each fetch that was the global one when it was given. */
const globals = new WeakSet<Fetch>()

/** `given`: nothing is the runtime's own, and so is the global one, whatever is put in its place later. */
export function isOwn(given: Fetch | null | undefined): boolean {
  if (!given) return true
  if (given === globalThis.fetch) globals.add(given)
  return globals.has(given) || isAsOwn(given)
}
