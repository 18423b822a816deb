/** What is mutated, and the tests that have to notice. */
export interface Part {
  readonly mutate: readonly string[]
  readonly tests: readonly string[]
  /** Of these tests, those that cannot notice, or would take longer than all others. */
  readonly without?: readonly string[]
  /** The least share that has to be noticed, in percent. */
  readonly least: number
}

/** Tests of the client in Node. Each of their files takes a second at most: a mutant that survives runs them all. */
const client = {
  tests: ['packages/client/{src,test}/**/*.test.ts'],
  without: [
    '**/*.{dom,browser}.test.ts',
    // They run the code in other processes, or bundled, where no mutant is.
    '**/{bare-context,bare-realm,page-elsewhere,react-native,reconnects,unref,use-client,zone}.*',
    // Days, floods, and sweeps.
    '**/{cuts,day,flood,flood-socket,gathering,protocol-garbage,pull,random-life,storm,turns,walk}.node.*',
    // Of what is made of these two layers.
    'packages/client/src/{adapters,compat,protocols,testing,vue,react}/**',
  ],
}

export const parts: Readonly<Record<string, Part>> = {
  core: {
    least: 95,
    mutate: ['packages/client/src/core/*.ts', '!packages/client/src/core/*.test.ts'],
    tests: ['packages/client/src/core/*.test.ts', 'packages/client/test/machine/*.test.ts'],
  },
  io: {
    least: 85,
    mutate: ['packages/client/src/io/*.ts', '!packages/client/src/io/*.test.ts'],
    ...client,
  },
  // Without the stores, whose tests need pages.
  api: {
    least: 85,
    mutate: [
      'packages/client/src/api/**/*.ts',
      '!packages/client/src/api/**/*.test.ts',
      '!packages/client/src/api/store/*',
    ],
    ...client,
  },
  protocols: {
    least: 85,
    mutate: ['packages/client/src/protocols/*.ts', '!packages/client/src/protocols/*.test.ts'],
    tests: [
      'packages/client/src/protocols/*.test.ts',
      'packages/client/src/api/collect/collect.node.test.ts',
    ],
  },
  parser: {
    least: 95,
    mutate: ['packages/parser/src/*.ts', '!packages/parser/src/*.test.ts'],
    tests: [
      'packages/parser/src/*.test.ts',
      'packages/parser/test/{differential,encode,properties}.node.test.ts',
      'packages/parser/test/{eventsource-parser,fixtures,limits,standard}.test.ts',
    ],
  },
}
