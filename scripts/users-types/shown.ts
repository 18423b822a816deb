import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { check, folder, paths, type Checked } from './project.ts'

const source = `import { fetchEventStream, type StandardSchema } from '@millrace/client'
declare const price: StandardSchema<unknown, { cents: number }>
declare const halt: StandardSchema<unknown, { reason: string }>
export const stream = fetchEventStream('', { schema: { price, halt }, others: 'pass' })`

/** Editors and declarations show a stream's type by its events, not by how their type is found. */
export async function checkShown(): Promise<Checked> {
  const file = join(folder, 'shown.ts')
  writeFileSync(file, source)
  const checked = await check({
    name: 'types as they are shown',
    options: { paths, noEmit: false, declaration: true, emitDeclarationOnly: true, outDir: folder },
    include: [file],
  })
  if (!checked.ok) return checked
  const shown = readFileSync(join(folder, 'shown.d.ts'), 'utf8')
  return shown.includes('TypedEvent') ? { ...checked, ok: false, output: shown } : checked
}
