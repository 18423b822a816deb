import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
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

/** Source files of the package's entries, by the path of their output. The root entry comes first. */
function entries(): readonly (readonly [output: string, source: string])[] {
  const { exports }: { exports: Record<string, string | { '@millrace/source': string }> } = JSON.parse(
    readFileSync('package.json', 'utf8'),
  )
  const sources = Object.values(exports).flatMap((entry) =>
    typeof entry === 'string' ? [] : [entry['@millrace/source']],
  )
  return sources.map((file) => [file.replace(/^\.\/src\/|\.ts$/g, ''), file])
}

/**
 * Lets every entry import the root entry, so that all of what that reaches is reached by every one: it is in one file
 * then, and not in one for each set of entries that happen to share it.
 */
const withRoot = (): NonNullable<Options['esbuildPlugins']>[number] => {
  const [root = '', ...others] = entries().map(([, source]) => resolve(source))
  return {
    name: 'with-root',
    setup(build) {
      build.onResolve({ filter: /^millrace:root$/ }, () => ({ path: root, sideEffects: true }))
      build.onLoad({ filter: /\.ts$/ }, ({ path }) =>
        others.includes(path)
          ? { contents: `${readFileSync(path, 'utf8')}\nimport 'millrace:root'`, loader: 'ts' }
          : undefined,
      )
    },
  }
}

/**
 * For Node, which looks up, reads and links each file anew at every start: 80 of them take it 45 ms, these few take 5.
 * A package depends on one version of the parser, so that its code is in them, too. What entries share is in a file of
 * its own, so that a class is the same one wherever it is imported from.
 */
const forNode = (plugins: Options['esbuildPlugins'] = []): Options => ({
  entry: Object.fromEntries(entries()),
  format: 'esm',
  outDir: 'dist/node',
  clean: true,
  target: 'es2022',
  platform: 'node',
  removeNodeProtocol: false,
  splitting: true,
  dts: false,
  sourcemap: true,
  silent: true,
  noExternal: [/^@millrace\//],
  external: [/^node:/, 'react', 'vue', 'msw', 'vitest'],
  esbuildPlugins: plugins,
  esbuildOptions(options) {
    options.conditions = ['@millrace/source']
  },
})

/** ES modules in dist/esm and CommonJS in dist/cjs; the declarations are made by scripts/declarations.ts. */
export const packageBuild: Options[] = [build('esm'), build('cjs')]

/** The same, and the ES modules once more in few files in dist/node. */
export const packageBuildForNode = (): Options[] => [...packageBuild, forNode()]

/** The same, with nearly all in one file: for a package whose other entries are used with its root entry. */
export const packageBuildForNodeInOne = (): Options[] => [...packageBuild, forNode([withRoot()])]
