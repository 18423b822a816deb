/** What is mutated, and the tests that have to notice. */
export interface Part {
  readonly mutate: readonly string[]
  readonly tests: readonly string[]
}

export const parts: Readonly<Record<string, Part>> = {
  core: {
    mutate: ['packages/client/src/core/*.ts', '!packages/client/src/core/*.test.ts'],
    tests: ['packages/client/src/core/*.test.ts', 'packages/client/test/machine/*.test.ts'],
  },
  parser: {
    mutate: ['packages/parser/src/*.ts', '!packages/parser/src/*.test.ts'],
    // Without fixtures.test.ts: its data is not copied to where the mutants run.
    tests: [
      'packages/parser/src/*.test.ts',
      'packages/parser/test/{differential,encode,properties}.node.test.ts',
      'packages/parser/test/{eventsource-parser,limits,standard}.test.ts',
    ],
  },
}
