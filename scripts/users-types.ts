/**
 * What users get, under each TypeScript they may have: the declarations of the packages as they are published, the type
 * tests of the client against them, and the types that an editor shows.
 */
import { mkdirSync, rmSync } from 'node:fs'
import { emit } from './users-types/emit.ts'
import { checkExported } from './users-types/exported.ts'
import { check, folder, paths, tests, type Checked } from './users-types/project.ts'
import { checkShown } from './users-types/shown.ts'
import { checkWhole } from './users-types/whole.ts'

const versions = ['typescript-5.6', 'typescript-5.9', 'typescript-6', 'typescript']

rmSync(folder, { recursive: true, force: true })
mkdirSync(folder)
// One after the other: the client's declarations stand on the parser's.
const emitted = [await emit('parser'), await emit('client')]
const checked = emitted.every(({ ok }) => ok) ? await checkAll() : []
rmSync(folder, { recursive: true })

const results = [...emitted, ...checked]
for (const { name, ok, output } of results)
  console.log(`${ok ? 'ok    ' : 'FAILED'} ${name}\n${output}`.trim())
if (!results.every(({ ok }) => ok)) process.exitCode = 1

function checkAll(): Promise<Checked[]> {
  return Promise.all([
    ...versions.map((version) => check({ name: version, version, options: { paths }, include: [tests] })),
    ...versions.flatMap(checkWhole),
    checkShown(),
    ...['typescript-5.6', 'typescript'].map(checkExported),
  ])
}
