const LOOPBACK: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]'])

/**
 * Whether a Host header names this server. A page on a foreign name that resolves to loopback (DNS
 * rebinding) sends its own name here, and is refused.
 */
export function isOwnHost(header: string | undefined, extra: readonly string[] = []): boolean {
  const name = (header ?? '').replace(/:\d*$/, '').toLowerCase()
  return LOOPBACK.has(name) || name.endsWith('.localhost') || extra.includes(name)
}
