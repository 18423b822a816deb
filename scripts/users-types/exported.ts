import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { check, folder, tests, type Checked } from './project.ts'

/**
 * An app's own declarations can name what they need of the packages. That shows only where these are installed, in a
 * folder outside of the workspace: inside, a name may come from any file.
 */
export async function checkExported(version: string): Promise<Checked> {
  const app = mkdtempSync(join(tmpdir(), 'millrace-types-'))
  for (const name of ['parser', 'client']) {
    const installed = join(app, 'node_modules/@millrace', name)
    cpSync(join(folder, name), installed, { recursive: true })
    const exports = { '.': './index.d.ts', './*': './*/index.d.ts' }
    writeFileSync(join(installed, 'package.json'), JSON.stringify({ type: 'module', exports }))
  }
  const source = join(app, 'exported.ts')
  cpSync(join(tests, 'exported.test-d.ts'), source)
  const checked = await check({
    name: `${version}, declarations of an app`,
    version,
    options: {
      exactOptionalPropertyTypes: true,
      noEmit: false,
      declaration: true,
      emitDeclarationOnly: true,
      rootDir: app,
      outDir: join(app, 'out'),
    },
    include: [source],
  })
  rmSync(app, { recursive: true })
  return checked
}
