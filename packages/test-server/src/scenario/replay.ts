import type { EventFields } from './types.ts'

/** Gaps and duplicates on demand: how a real log misbehaves. */
export interface ReplayFaults {
  /** So many events after the last event ID are left out. */
  readonly skip?: number
  /** So many events up to the last event ID are sent once more. */
  readonly again?: number
}

/** The events of a log after a last event ID; the whole log when there is none or the log does not know it. */
export function replayFrom(
  log: readonly EventFields[],
  lastEventId: string | null,
  { skip = 0, again = 0 }: ReplayFaults = {},
): readonly EventFields[] {
  const known = lastEventId === null ? -1 : log.findLastIndex((event) => event.id === lastEventId)
  return log.slice(Math.max(0, known + 1 + skip - again))
}
