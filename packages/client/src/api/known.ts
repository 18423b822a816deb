import { isGiven } from './is-given.ts'

/** The members that were given. One that is undefined or null was not, so it hides no default. */
export function known<T extends object>(
  given: T | null | undefined,
  names: readonly string[] = Object.keys(given ?? {}),
): Partial<T> {
  const all = names.map((name) => [name, Reflect.get(given ?? {}, name)])
  return Object.fromEntries(all.filter(([, value]) => isGiven(value)))
}
