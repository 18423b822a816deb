/** A rule, and what is said where it does not hold. */
export function must(holds: boolean, what: string): asserts holds {
  if (!holds) throw new RangeError(what)
}
