import { build } from 'esbuild'
import { expect, test } from 'vitest'
import { root } from '../scripts/root.ts'

/** Everything that a program gets when it imports this entry: files of ours and names of packages. */
async function reachableFrom(entry: string): Promise<string[]> {
  const { metafile } = await build({
    stdin: { contents: `export * from '${entry}'`, resolveDir: root },
    conditions: ['@millrace/source'],
    platform: 'browser',
    format: 'esm',
    bundle: true,
    write: false,
    metafile: true,
    treeShaking: false,
    ignoreAnnotations: true,
    external: ['react', 'vue'],
    absWorkingDir: root,
  })
  const files = Object.keys(metafile.inputs)
  const imports = Object.values(metafile.inputs).flatMap((input) => input.imports)
  return [...files, ...imports.filter(({ external }) => external).map(({ path }) => path)]
}

test.each(['@millrace/parser', '@millrace/client'])(
  'the root entry of %s reaches no framework and no binding',
  async (entry) => {
    const reached = await reachableFrom(entry)
    expect(reached).toContain(`packages/${entry.split('/')[1]}/src/index.ts`)
    expect(reached.filter((path) => /\b(react|vue)\b/.test(path))).toEqual([])
  },
)
