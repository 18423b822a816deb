import type { BuildOptions } from 'esbuild'

/** For a bundle of our sources that is not written: what counts is which modules have come into it. */
export const modulesBundled: BuildOptions & { write: false; metafile: true } = {
  conditions: ['@millrace/source'],
  format: 'esm',
  bundle: true,
  splitting: false,
  write: false,
  metafile: true,
  outdir: 'nowhere',
}
