/**
 * The rhythm of a server that sends comments to show that it is alive. From it a dead subscription is noticed
 * without being told an interval.
 */
export interface Heartbeat {
  /** Comments so far that came apart from each other: a greeting of several lines is one. */
  readonly beats: number
  /** Monotonic ms of the last of them, or null. */
  readonly lastBeat: number | null
  /** Monotonic ms of the last byte, or null. */
  readonly lastByte: number | null
  /** The longest silence between two bytes, in ms. */
  readonly longest: number
}

export const noHeartbeat: Heartbeat = { beats: 0, lastBeat: null, lastByte: null, longest: 0 }

const leastIdle = 60_000
const gaps = 3
/** Nobody beats faster. */
const shortestInterval = 1000

/** Bytes have come. Servers beat after a silence, not by the clock: what counts is how long they ever are silent. */
export function heard(heartbeat: Heartbeat, at: number): Heartbeat {
  const gap = heartbeat.lastByte === null ? 0 : at - heartbeat.lastByte
  return { ...heartbeat, lastByte: at, longest: Math.max(heartbeat.longest, gap) }
}

/** There was a comment among them. */
export function beat(heartbeat: Heartbeat, at: number): Heartbeat {
  const { lastBeat, beats } = heartbeat
  if (lastBeat !== null && at - lastBeat < shortestInterval) return heartbeat
  return { ...heartbeat, beats: beats + 1, lastBeat: at }
}

/** The idle timeout in ms that the rhythm implies, or null: one beat shows no interval. */
export function impliedIdle({ beats, longest }: Heartbeat): number | null {
  return beats < 2 ? null : Math.max(leastIdle, gaps * longest)
}
