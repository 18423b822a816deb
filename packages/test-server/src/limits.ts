/** Bounds of a socket server, so that a test server cannot exhaust the machine it runs on; `Infinity` is none. */
export interface Limits {
  /** Connections at a time. */
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
}

export const DEFAULT_LIMITS: Limits = {
  connections: 256,
  header: 16 * 1024,
  body: 1024 * 1024,
  behind: 1024 * 1024,
  stalled: 30_000,
  life: 3_600_000,
}
