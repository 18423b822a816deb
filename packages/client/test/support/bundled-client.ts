import { build } from 'esbuild'

/** The client's sources as one script, which sets `client`. `more`: conditions beside that of the sources. */
export async function bundledClient(more: readonly string[] = []): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents: "export * from '@millrace/client'", resolveDir: import.meta.dirname },
    conditions: ['@millrace/source', ...more],
    platform: 'neutral',
    format: 'iife',
    globalName: 'client',
    bundle: true,
    write: false,
  })
  return outputFiles.map(({ text }) => text).join('')
}
