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
  bundle: true,
  splitting: false,
  dts: false,
  sourcemap: true,
  silent: true,
  external: [/^#/, /^@millrace\//, /^node:/, 'react', 'vue', 'msw', 'vitest'],
  esbuildPlugins: [keepModules(format)],
  outExtension: () => ({ js: extension[format] }),
})

/** ES modules in dist/esm and CommonJS in dist/cjs; the declarations are made by scripts/declarations.ts. */
export const packageBuild: Options[] = [build('esm'), build('cjs')]
