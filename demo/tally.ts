/** What of an answer has arrived, told by the IDs of its tokens. */
export interface Tally {
  readonly sent: number
  readonly received: number
  readonly lost: number
  readonly duplicated: number
}

/** Compares the IDs that were sent with those that came, in the order in which they came. */
export function tally(sent: readonly string[], received: readonly string[]): Tally {
  const distinct = new Set(received)
  return {
    sent: sent.length,
    received: received.length,
    lost: sent.filter((id) => !distinct.has(id)).length,
    duplicated: received.length - distinct.size,
  }
}
