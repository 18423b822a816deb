/**
 * How much more a piece costs among `times` as many of them: about 1 when the work is linear, up to `times` when
 * each piece does something with all that came before.
 *
 * The few are worked on over and over, so that both sides last as long: a short one would find a busy machine free
 * more often than a long one. They take turns, and the quickest of each counts. What is below `enough` is not looked
 * at further; only a machine that slows the many alone, ten times in a row, makes linear work look like anything else.
 */
export async function growth(
  work: (pieces: number) => Promise<unknown>,
  few: number,
  times: number,
  enough: number,
): Promise<number> {
  const quickest = { few: Infinity, many: Infinity }
  await work(few)
  for (let round = 1; round <= 10; round++) {
    quickest.few = Math.min(
      quickest.few,
      await duration(async () => {
        for (let n = 0; n < times; n++) await work(few)
      }),
    )
    quickest.many = Math.min(quickest.many, await duration(() => work(few * times)))
    if (round >= 3 && quickest.many / quickest.few < enough) break
  }
  return quickest.many / quickest.few
}

async function duration(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await work()
  return performance.now() - start
}
