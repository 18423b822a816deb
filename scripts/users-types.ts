/**
 * What users get, under each TypeScript they may have: the declarations of the packages as they are published, the type
 * tests of the client against them, and the types that an editor shows.
 */
import { cpSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { run } from './gate/run.ts'
import { withExtension } from './relative-imports.ts'
import { root } from './root.ts'

const versions = ['typescript-5.6', 'typescript-5.9', 'typescript-6', 'typescript']
const tests = join(root, 'packages/client/test/types')
/** Inside the folder of the tests, so that their imports are found from there. */
const folder = join(tests, '.declarations')
/** Where the packages are looked for. */
const paths = {
  '@millrace/parser': [join(folder, 'parser/index.d.ts')],
  '@millrace/parser/*': [join(folder, 'parser/*.d.ts')],
  '@millrace/client': [join(folder, 'client/index.d.ts')],
  '@millrace/client/*': [join(folder, 'client/*/index.d.ts')],
}

interface Libraries {
  readonly name: string
  readonly lib: readonly string[]
  readonly types: readonly string[]
}
/** What programs have: those for Node no types of the DOM, those for pages what Vite's templates list. */
const libraries: readonly Libraries[] = [
  { name: 'without the DOM', lib: ['ES2022'], types: ['node'] },
  { name: 'in a page', lib: ['ES2022', 'DOM', 'DOM.Iterable'], types: [] },
]

rmSync(folder, { recursive: true, force: true })
mkdirSync(folder)
// One after the other: the client's declarations stand on the parser's.
const emitted = [await emit('parser'), await emit('client')]
const results = emitted.every(({ ok }) => ok)
  ? await Promise.all([
      ...versions.map(check),
      ...versions.flatMap((version) => libraries.map(checkWhole(version))),
      checkShown(),
      ...['typescript-5.6', 'typescript'].map(checkExported),
    ])
  : []
rmSync(folder, { recursive: true })

for (const { version, ok, output } of results)
  console.log(`${ok ? 'ok    ' : 'FAILED'} ${version}\n${output}`.trim())
process.stdout.write(emitted.map(({ output }) => output).join(''))
if (results.length === 0 || !results.every(({ ok }) => ok)) process.exitCode = 1

/** Declarations as scripts/declarations.ts makes them, without a build before. */
async function emit(name: string): Promise<{ ok: boolean; output: string }> {
  const source = join(root, 'packages', name)
  const result = await runProject(
    'tsc',
    [],
    `emit-${name}`,
    join(source, 'tsconfig.build.json'),
    {
      rootDir: join(source, 'src'),
      outDir: join(folder, name),
      paths: { ...paths, '#platform': [join(source, 'src/platform/node.ts')] },
    },
    [join(source, 'src')],
  )
  for (const file of globSync(join(folder, name, '**/*.d.ts'))) {
    writeFileSync(file, withExtension(readFileSync(file, 'utf8'), '.js'))
  }
  return result
}

async function check(version: string): Promise<{ version: string; ok: boolean; output: string }> {
  const compiler = join(root, 'node_modules', version, 'bin/tsc')
  const base = join(tests, 'tsconfig.json')
  return { version, ...(await runProject('node', [compiler], version, base, { paths }, [tests])) }
}

/** What needs no framework, all declarations but the bindings', is checked whole. */
function checkWhole(version: string): (libraries: Libraries) => ReturnType<typeof check> {
  const compiler = join(root, 'node_modules', version, 'bin/tsc')
  const base = join(tests, 'tsconfig.json')
  return async ({ name, lib, types }) => {
    const options = { paths, lib, types, skipLibCheck: false }
    const found = await runProject(
      'node',
      [compiler],
      `${version}-${name.replaceAll(' ', '-')}`,
      base,
      options,
      [
        join(folder, 'client/index.d.ts'),
        ...['adapters', 'protocols', 'testing', 'compat/fetch-event-source'].map((entry) =>
          join(folder, 'client', entry, 'index.d.ts'),
        ),
      ],
    )
    return { version: `${version} ${name}`, ...found }
  }
}

/** Editors and declarations show a stream's type as it is written here: by its events, not by how their type is found. */
async function checkShown(): ReturnType<typeof check> {
  const version = 'types as they are shown'
  writeFileSync(
    join(folder, 'shown.ts'),
    `import { fetchEventStream, type StandardSchema } from '@millrace/client'
    declare const price: StandardSchema<unknown, { cents: number }>
    declare const halt: StandardSchema<unknown, { reason: string }>
    export const stream = fetchEventStream('', { schema: { price, halt }, others: 'pass' })`,
  )
  const options = { paths, noEmit: false, declaration: true, emitDeclarationOnly: true, outDir: folder }
  const base = join(tests, 'tsconfig.json')
  const { ok, output } = await runProject('tsc', [], 'shown', base, options, [join(folder, 'shown.ts')])
  if (!ok) return { version, ok, output }
  const shown = readFileSync(join(folder, 'shown.d.ts'), 'utf8')
  return shown.includes('TypedEvent') ? { version, ok: false, output: shown } : { version, ok, output }
}

/** Where the packages are installed, an app's declarations can name only what a package exports. Elsewhere: here it is the package itself. */
async function checkExported(version: string): ReturnType<typeof check> {
  const app = mkdtempSync(join(tmpdir(), 'millrace-types-'))
  for (const name of ['parser', 'client']) {
    const installed = join(app, 'node_modules/@millrace', name)
    cpSync(join(folder, name), installed, { recursive: true })
    const exports = { '.': './index.d.ts', './*': './*/index.d.ts' }
    writeFileSync(join(installed, 'package.json'), JSON.stringify({ type: 'module', exports }))
  }
  cpSync(join(tests, 'exported.test-d.ts'), join(app, 'exported.ts'))
  const options = {
    exactOptionalPropertyTypes: true,
    noEmit: false,
    declaration: true,
    emitDeclarationOnly: true,
    rootDir: app,
    outDir: join(app, 'out'),
  }
  const compiler = join(root, 'node_modules', version, 'bin/tsc')
  const base = join(tests, 'tsconfig.json')
  const found = await runProject('node', [compiler], `exported-${version}`, base, options, [
    join(app, 'exported.ts'),
  ])
  rmSync(app, { recursive: true })
  return { version: `${version}, declarations of an app`, ...found }
}

function runProject(
  command: string,
  args: readonly string[],
  name: string,
  base: string,
  compilerOptions: object,
  include: readonly string[],
): ReturnType<typeof run> {
  const project = join(folder, `${name}.json`)
  const exclude = ['test.ts', 'test.tsx', 'test-d.ts'].map((end) => join(root, `packages/*/src/**/*.${end}`))
  writeFileSync(project, JSON.stringify({ extends: base, compilerOptions, include, exclude }))
  return run(command, [...args, '-p', project])
}
