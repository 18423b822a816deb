import { globSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { withExtension } from '../relative-imports.ts'
import { root } from '../root.ts'
import { check, folder, paths, type Checked } from './project.ts'

/** A package's declarations as scripts/declarations.ts makes them, without a build before. */
export async function emit(name: string): Promise<Checked> {
  const source = join(root, 'packages', name)
  const emitted = await check({
    name: `declarations of ${name}`,
    base: join(source, 'tsconfig.build.json'),
    options: {
      rootDir: join(source, 'src'),
      outDir: join(folder, name),
      paths: { ...paths, '#platform': [join(source, 'src/platform/node.ts')] },
    },
    include: [join(source, 'src')],
  })
  for (const file of globSync(join(folder, name, '**/*.d.ts'))) {
    writeFileSync(file, withExtension(readFileSync(file, 'utf8'), '.js'))
  }
  return emitted
}
