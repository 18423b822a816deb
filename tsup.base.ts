import type { Options } from 'tsup'

/**
 * One output file for each source file. A single bundled file defeats tree-shaking: a class whose
 * set-up runs at module level would stay in every bundle that imports anything at all.
 */
const keepModules: NonNullable<Options['esbuildPlugins']>[number] = {
  name: 'keep-modules',
  setup(build) {
    build.onResolve({ filter: /^\.{1,2}\// }, (args) =>
      args.kind === 'entry-point' ? undefined : { path: args.path.replace(/\.tsx?$/, '.js'), external: true },
    )
  },
}

const common: Options = {
  entry: ['src/**/*.{ts,tsx}', '!src/**/*.test.{ts,tsx}', '!src/**/*.test-d.{ts,tsx}'],
  target: 'es2022',
  platform: 'neutral',
  bundle: true,
  splitting: false,
  dts: false,
  sourcemap: true,
  external: [/^#/, /^@millrace\//, /^node:/, 'react', 'vue', 'msw', 'vitest'],
  esbuildPlugins: [keepModules],
  outExtension: () => ({ js: '.js' }),
}

/** ES modules in dist/esm and CommonJS in dist/cjs; the declarations are made by scripts/declarations.ts. */
export const packageBuild: Options[] = [
  { ...common, format: 'esm', outDir: 'dist/esm', clean: true },
  { ...common, format: 'cjs', outDir: 'dist/cjs', clean: true },
]
