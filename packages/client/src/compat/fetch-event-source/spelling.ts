import type { FetchEventSourceInit } from './init.ts'

/**
 * Headers under the names that the app gave them, all others in lower case, as the original hands them to the fetch of the
 * app: one that sets a header again, under the same name, replaces it. Two spellings would be sent as one header with both values.
 */
export function asSpelt(
  headers: Record<string, string> | undefined,
  given: FetchEventSourceInit['headers'],
): Record<string, string> {
  // None, for a function, a Headers or a list.
  const names = new Map(Object.keys(given ?? {}).map((name) => [name.toLowerCase(), name]))
  return Object.fromEntries(
    Object.entries(headers ?? {}).map(([name, value]) => {
      const plain = name.toLowerCase()
      return [names.get(plain) ?? plain, value]
    }),
  )
}
