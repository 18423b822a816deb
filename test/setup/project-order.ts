import { BaseSequencer, type TestSpecification } from 'vitest/node'

/**
 * Processes take one project after another, in the order of their names if nobody says more. happy-dom's tests wait most:
 * they go beside Chromium's, which keep a core busy. Node's keep both busy on their own.
 */
const first = ['chromium', 'react-18', 'happy-dom', 'node']

export class ProjectOrder extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ project }: TestSpecification) => first.findIndex((name) => project.name.startsWith(name))
    const longestFirst = await BaseSequencer.prototype.sort.call(this, files)
    const ranks = [...new Set(longestFirst.map(rank))].toSorted((a, b) => a - b)
    return ranks.flatMap((of) => fromBothEnds(longestFirst.filter((file) => rank(file) === of)))
  }
}

/** A long file waits: the next one that is taken is short, and keeps the processor busy meanwhile. */
function fromBothEnds<File>(longestFirst: readonly File[]): File[] {
  const long = longestFirst.slice(0, Math.ceil(longestFirst.length / 2))
  const short = longestFirst.slice(long.length).toReversed()
  return long.flatMap((file, index) => [file].concat(short.slice(index, index + 1)))
}
