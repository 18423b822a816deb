import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'esbuild'
import { expect, test } from 'vitest'
import { root } from '../scripts/root.ts'
import { fromRoot, otherEntries } from '../tsup.base.ts'
import { modulesBundled } from './support/modules-bundled.ts'

/** Our modules in the file for Node of each entry beside the root. */
async function modulesOfOthers(folder: string): Promise<string[]> {
  const { metafile } = await build({
    ...modulesBundled,
    entryPoints: { ...otherEntries(folder) },
    absWorkingDir: folder,
    platform: 'node',
    external: ['react', 'vue', 'vitest', 'msw'],
    plugins: [fromRoot(folder)],
  })
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
