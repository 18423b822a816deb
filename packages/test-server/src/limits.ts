/** Bounds of a socket server, so that a test server cannot exhaust the machine it runs on; `Infinity` is none. */
export interface Limits {
  /** Connections at a time; of HTTP/2 also streams of one. */
  readonly connections: number
  /** Bytes of request line and headers. */
  readonly header: number
  /** Bytes of a request body; a larger one gets a 413. */
  readonly body: number
  /** Bytes that a reader of a channel may be behind before it is dropped. */
  readonly behind: number
  /** Time in ms that one write may wait for its reader before it is dropped. */
  readonly stalled: number
  /** Life of an exchange in ms. */
  readonly life: number
  /** Bytes that the records of one scenario take, roughly; beyond it the oldest are forgotten. */
  readonly journal: number
}

/** Those that are to be others than the defaults. */
export type LimitOptions = { readonly [Name in keyof Limits]?: Limits[Name] | undefined }

export const DEFAULT_LIMITS: Limits = {
  connections: 256,
  header: 16 * 1024,
  body: 1024 * 1024,
  behind: 1024 * 1024,
  stalled: 30_000,
  life: 3_600_000,
  journal: 64 * 1024 * 1024,
}

/** @throws {TypeError} for a name that is no limit; a misspelt one would bound nothing @throws {RangeError} for no number from 0 */
export function limitsWith(given: LimitOptions = {}): Limits {
  const all = Object.entries(given).filter(([, value]) => value !== undefined)
  for (const [name, value] of all) {
    if (!Object.hasOwn(DEFAULT_LIMITS, name))
      throw new TypeError(
        `There is no limit ${JSON.stringify(name)}; there are ${Object.keys(DEFAULT_LIMITS).join(', ')}.`,
      )
    if (typeof value !== 'number' || !(value >= 0))
      throw new RangeError(`\`limits.${name}\` is a number from 0, or Infinity, not ${String(value)}.`)
  }
  return { ...DEFAULT_LIMITS, ...Object.fromEntries(all) }
}
