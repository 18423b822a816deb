import { isIP } from 'node:net'

const LOOPBACK: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '::1'])

/** A server that listens there is reached by whatever addresses the machine has. */
const EVERYWHERE: ReadonlySet<string> = new Set(['0.0.0.0', '::'])

/**
 * Whether a Host header names this server: by a name of loopback, or one of `own`. A page on a foreign name that
 * resolves to loopback (DNS rebinding) sends its own name here, and is refused. An address cannot be rebound.
 */
export function isOwnHost(header: string | undefined, own: readonly string[] = []): boolean {
  const name = (header ?? '')
    .replace(/:\d*$/, '')
    .replace(/^\[(.*)\]$/, '$1')
    .toLowerCase()
  if (LOOPBACK.has(name) || name.endsWith('.localhost')) return true
  return own.some((host) => host.toLowerCase() === name || (EVERYWHERE.has(host) && isIP(name) !== 0))
}
