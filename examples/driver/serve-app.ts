import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build, preview } from 'vite'

export interface ServedApp extends AsyncDisposable {
  readonly url: string
}

/** An example as its users get it: built, and served with its backend. Each call builds into a folder of its own. */
export async function serveApp(root: string): Promise<ServedApp> {
  const outDir = mkdtempSync(join(tmpdir(), 'millrace-example-'))
  const built = { root, logLevel: 'warn', build: { outDir, emptyOutDir: true } } as const
  await build(built)
  const server = await preview({ ...built, preview: { port: 0, host: '127.0.0.1' } })
  return {
    url: server.resolvedUrls?.local[0] ?? '',
    [Symbol.asyncDispose]: async () => {
      await server.close()
      rmSync(outDir, { recursive: true })
    },
  }
}
