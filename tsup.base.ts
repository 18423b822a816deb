import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Options } from 'tsup'

type Format = 'esm' | 'cjs'
const extension = { esm: '.js', cjs: '.cjs' } as const

/**
 * One output file for each source file. A single bundled file defeats tree-shaking: a class whose
 * set-up runs at module level would stay in every bundle that imports anything at all.
 */
const keepModules = (format: Format): NonNullable<Options['esbuildPlugins']>[number] => ({
  name: 'keep-modules',
  setup(build) {
    build.onResolve({ filter: /^\.{1,2}\// }, (args) =>
      args.kind === 'entry-point'
        ? undefined
        : { path: args.path.replace(/\.tsx?$/, extension[format]), external: true },
    )
  },
})

const build = (format: Format): Options => ({
  entry: ['src/**/*.{ts,tsx}', '!src/**/*.test.{ts,tsx}', '!src/**/*.test-d.{ts,tsx}'],
  format,
  outDir: `dist/${format}`,
  clean: true,
  target: 'es2022',
  platform: 'neutral',
  removeNodeProtocol: false,
  bundle: true,
  splitting: false,
  dts: false,
  sourcemap: true,
  silent: true,
  external: [/^#/, /^@millrace\//, /^node:/, 'react', 'vue', 'msw', 'vitest'],
  esbuildPlugins: [keepModules(format)],
  esbuildOptions(options) {
    // A constant becomes a variable here, of which no other bundler knows the value: let its users have that instead.
    options.minifySyntax = format === 'esm'
  },
  outExtension: () => ({ js: extension[format] }),
})

interface Manifest {
  readonly name: string
  readonly exports: Readonly<Record<string, string | { readonly '@millrace/source': string }>>
}

const rootEntry = 'src/index.ts'

function manifest(folder: string): Manifest {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
}

/** Source files of a package's entries beside its root entry, by the path of their output. */
export function otherEntries(folder: string): Readonly<Record<string, string>> {
  const sources = Object.values(manifest(folder).exports).flatMap((entry) =>
    typeof entry === 'string' ? [] : [entry['@millrace/source']],
  )
  const others = sources.filter((file) => resolve(file) !== resolve(rootEntry))
  return Object.fromEntries(others.map((file) => [file.replace(/^\.\/src\/|\.ts$/g, ''), file]))
}

/**
 * The other entries import what the root entry exports from there, by the package's name: a class is the same one
 * wherever it is imported from. What else they need, each has for itself.
 */
export const fromRoot = (folder: string): NonNullable<Options['esbuildPlugins']>[number] => {
  const { name } = manifest(folder)
  const exported = readFileSync(join(folder, rootEntry), 'utf8').matchAll(/^export \{.*\} from '(.+)'$/gm)
  const modules = new Set(Array.from(exported, ([, file = '']) => resolve(folder, 'src', file)))
  return {
    name: 'from-root',
    setup(build) {
      build.onResolve({ filter: /^\.{1,2}\// }, ({ path, resolveDir }) =>
        modules.has(resolve(resolveDir, path)) ? { path: name, external: true } : undefined,
      )
    },
  }
}

const forNode: Options = {
  format: 'esm',
  outDir: 'dist/node',
  target: 'es2022',
  platform: 'node',
  removeNodeProtocol: false,
  splitting: false,
  dts: false,
  sourcemap: true,
  silent: true,
  noExternal: [/^@millrace\//],
  external: [/^node:/, 'react', 'vue', 'msw', 'vitest'],
  esbuildOptions(options) {
    options.conditions = ['@millrace/source']
  },
}

/** ES modules in dist/esm and CommonJS in dist/cjs; the declarations are made by scripts/declarations.ts. */
export const packageBuild: Options[] = [build('esm'), build('cjs')]

/**
 * The same, and the ES modules once more for Node, which looks up, reads and links each file anew at every start (what
 * that takes: docs/decisions/files-in-dist.md). A package depends on one version of the parser, so that its code is in
 * it, too.
 */
export const packageBuildForNode = (): Options[] => [
  ...packageBuild,
  { ...forNode, entry: { index: rootEntry } },
  {
    ...forNode,
    entry: otherEntries('.'),
    clean: ['!index.js', '!index.js.map'],
    esbuildPlugins: [fromRoot('.')],
  },
]
