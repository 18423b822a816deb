import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { run } from '../gate/run.ts'
import { root } from '../root.ts'

/** The type tests of the client. */
export const tests: string = join(root, 'packages/client/test/types')

/** Where declarations and projects are written: inside the folder of the tests, so that their imports are found from there. */
export const folder: string = join(tests, '.declarations')

/** Where the packages are looked for. */
export const paths = {
  '@millrace/parser': [join(folder, 'parser/index.d.ts')],
  '@millrace/parser/*': [join(folder, 'parser/*.d.ts')],
  '@millrace/client': [join(folder, 'client/index.d.ts')],
  '@millrace/client/*': [join(folder, 'client/*/index.d.ts')],
} as const

export interface Checked {
  readonly name: string
  readonly ok: boolean
  readonly output: string
}

export interface Project {
  /** Said where the check is reported. */
  readonly name: string
  /** A TypeScript, by the name of its package. */
  readonly version?: string
  /** A configuration to begin with. */
  readonly base?: string
  readonly options: object
  readonly include: readonly string[]
}

/** What a TypeScript says of some files. */
export async function check({
  name,
  version = 'typescript',
  base = join(tests, 'tsconfig.json'),
  options,
  include,
}: Project): Promise<Checked> {
  const file = join(folder, `${name.replaceAll(/\W+/g, '-')}.json`)
  const exclude = ['test.ts', 'test.tsx', 'test-d.ts'].map((end) => join(root, `packages/*/src/**/*.${end}`))
  writeFileSync(file, JSON.stringify({ extends: base, compilerOptions: options, include, exclude }))
  const compiler = join(root, 'node_modules', version, 'bin/tsc')
  return { name, ...(await run('node', [compiler, '-p', file])) }
}
