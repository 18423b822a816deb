import type { Fetch } from '../io/fetch.ts'

/** Registered, and kept by the function itself: for Node each entry is a file of its own, with its own copy of this one. */
const mark = Symbol.for('@millrace/client: around the own fetch')

/** Takes a function of ours around the runtime's own fetch for that one: it adds no secret, and gets each hop's reply. */
export function asOwn(fetch: Fetch): Fetch {
  return Object.defineProperty(fetch, mark, { value: true })
}

export function isAsOwn(fetch: Fetch): boolean {
  return Reflect.has(Object(fetch), mark)
}
