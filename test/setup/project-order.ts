import { BaseSequencer, type TestSpecification } from 'vitest/node'

/**
 * Processes take one project after another, in the order of their names if nobody says more. Node's tests wait most,
 * for time and for programs: they go beside Chromium's, which keep a core busy; short files come last.
 */
const first = ['chromium', 'node', 'react-18', 'happy-dom']

export class ProjectOrder extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ project }: TestSpecification) => first.findIndex((name) => project.name.startsWith(name))
    const longestFirst = await BaseSequencer.prototype.sort.call(this, files)
    return longestFirst.toSorted((a, b) => rank(a) - rank(b))
  }
}
