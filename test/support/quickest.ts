/**
 * The ms that the quickest of up to five attempts says it took; one below `enough` is the last. A busy machine may
 * take its time, what is measured must not.
 */
export async function quickest(enough: number, attempt: () => Promise<number>): Promise<number> {
  let least = Infinity
  for (let tried = 0; tried < 5 && least >= enough; tried++) least = Math.min(least, await attempt())
  return least
}
