/** The rhythm of a server's comments, from which a dead subscription is noticed without being told an interval. */
export interface Heartbeat {
  /** Monotonic ms of the last comment, or null. */
  readonly last: number | null
  readonly longest: number
}

export const noHeartbeat: Heartbeat = { last: null, longest: 0 }

const leastIdle = 60_000
const gaps = 3

export function beat(heartbeat: Heartbeat, at: number): Heartbeat {
  if (heartbeat.last === null) return { last: at, longest: 0 }
  return { last: at, longest: Math.max(heartbeat.longest, at - heartbeat.last) }
}

/** The idle timeout in ms that the rhythm implies, or null: one comment alone shows no interval. */
export function impliedIdle(heartbeat: Heartbeat): number | null {
  return heartbeat.longest > 0 ? Math.max(leastIdle, gaps * heartbeat.longest) : null
}
