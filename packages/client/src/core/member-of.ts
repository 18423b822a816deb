/** A member of a value that may be anything; undefined for what has none. */
export function memberOf(value: unknown, name: string | symbol): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined
}
