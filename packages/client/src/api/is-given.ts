/** False for null as well: an option that is null counts as not given. */
export function isGiven<T>(value: T): value is NonNullable<T> {
  return value !== undefined && value !== null
}
