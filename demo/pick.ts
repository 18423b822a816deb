/**
 * The text at a path in an event's JSON, as in `choices.0.delta.content`; an empty string where the path
 * leads to no text. Without a path: the data itself.
 */
export function pick(data: string, path: string | undefined): string {
  if (path === undefined) return data
  const found = path.split('.').reduce(member, parsed(data))
  return typeof found === 'string' ? found : ''
}

function member(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined
}

function parsed(data: string): unknown {
  try {
    return JSON.parse(data)
  } catch {
    return undefined
  }
}
