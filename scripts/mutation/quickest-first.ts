import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** The first test that fails ends the run of a mutant. Vitest begins with the file that takes longest. */
export class QuickestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const longestFirst = await BaseSequencer.prototype.sort.call(this, files)
    return longestFirst.toReversed()
  }
}
