import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { build, type BuildOptions } from 'esbuild'
import { expect, test } from 'vitest'
import { root } from '../scripts/root.ts'
import { fromRoot, otherEntries } from '../tsup.base.ts'
import { modulesBundled } from './support/modules-bundled.ts'

const forNode: typeof modulesBundled = {
  ...modulesBundled,
  platform: 'node',
  external: ['react', 'vue', 'vitest', 'msw'],
}

/** Our modules in the file for Node of each entry beside the root. */
const modulesOfOthers = (folder: string) =>
  modulesOf(folder, { entryPoints: { ...otherEntries(folder) }, plugins: [fromRoot(folder)] })

const modulesOfRoot = (folder: string) => modulesOf(folder, { entryPoints: ['src/index.ts'] })

async function modulesOf(folder: string, options: BuildOptions): Promise<string[]> {
  const { metafile } = await build({ ...options, ...forNode, absWorkingDir: folder })
  return Object.values(metafile.outputs).flatMap(({ inputs }) => Object.keys(inputs))
}

// Two classes of one name are two: `instanceof` would say no, and each would have a state of its own.
test.each(['parser', 'client'])('for Node no class of %s is in two files', async (name) => {
  const folder = join(root, 'packages', name)
  const modules = await modulesOfOthers(folder)
  expect(modules).not.toEqual([])
  const classes = modules.flatMap((path) =>
    Array.from(
      readFileSync(join(folder, path), 'utf8').matchAll(/^(?:export )?class (\w+)/gm),
      ([, of]) => of,
    ),
  )
  expect(classes.filter((of, index) => classes.indexOf(of) < index)).toEqual([])
  const exported = Object.keys(await import(`../packages/${name}/src/index.ts`))
  expect(classes.filter((of) => of !== undefined && exported.includes(of))).toEqual([])
})

/** A table that starts empty or forgets, or a variable: what one file puts into it, the copy of another file does not know. */
const state = /^(?:export )?(?:let |const \w+(?:: .+)? = .*new (?:Weak\w+|(?:Map|Set)(?:<.+>)?\(\)))/m

test.each(['parser', 'client'])(
  'for Node nothing that the root of %s remembers is in another entry’s file, too',
  async (name) => {
    const folder = join(root, 'packages', name)
    const inRoot = await modulesOfRoot(folder)
    const keepsState = (path: string) => state.test(readFileSync(join(folder, path), 'utf8'))
    expect(inRoot.some(keepsState)).toBe(name === 'client')

    const twice = (await modulesOfOthers(folder)).filter((path) => inRoot.includes(path))
    expect(twice.filter(keepsState)).toEqual([])
  },
)
