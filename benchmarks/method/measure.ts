/**
 * CPU time of a piece of work, in its own process. Wall time and comparisons within one process gave ratios from
 * 0.4 to 4.4 for the same pair on a shared machine; this repeats within a few per cent.
 */
const warmUp = 350_000
const samples = 15
const shortestSample = 5_000

/** CPU time used so far, in microseconds. Its step can be a millisecond: measure spans well above that. */
function cpuTime(): number {
  const { user, system } = process.cpuUsage()
  return user + system
}

function twentiethPercentile(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.floor(sorted.length * 0.2)] ?? Number.NaN
}

/** Nanoseconds of CPU for one `pass`: warmed up, the 20th percentile of 15 samples of at least 5 ms. */
export async function measure(pass: () => void | Promise<void>): Promise<number> {
  const run = async (passes: number): Promise<void> => {
    for (let i = 0; i < passes; i++) {
      const done = pass()
      // To wait for nothing would be charged to those that have nothing to wait for.
      if (done) await done
    }
  }
  const warm = cpuTime() + warmUp
  let passes = 0
  for (; cpuTime() < warm; passes++) await run(1)
  const atOnce = Math.max(1, Math.ceil((passes * shortestSample * 1.4) / warmUp))
  const results: number[] = []
  for (let sample = 0; sample < samples; sample++) {
    const started = cpuTime()
    await run(atOnce)
    results.push(((cpuTime() - started) * 1000) / atOnce)
  }
  return twentiethPercentile(results)
}
