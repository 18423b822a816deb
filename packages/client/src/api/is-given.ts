/** An option that is null is none. */
export function isGiven<T>(value: T): value is NonNullable<T> {
  return value !== undefined && value !== null
}
