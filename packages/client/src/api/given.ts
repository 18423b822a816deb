import type { Filled } from './filled.ts'
import { isGiven } from './is-given.ts'

/** The members that were given. One that is undefined or null was not, so it hides no default. */
export function given<T extends object>(
  options: T | null | undefined,
  names: readonly string[] = Object.keys(options ?? {}),
): Partial<Filled<T>> {
  const all = names.map((name) => [name, Reflect.get(options ?? {}, name)])
  return Object.fromEntries(all.filter(([, value]) => isGiven(value)))
}
