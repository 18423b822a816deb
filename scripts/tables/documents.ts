import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { recorded } from '../figures/record.ts'
import { root } from '../root.ts'
import { areasTable } from './areas-table.ts'
import { connectionDiagram } from './connection-diagram.ts'
import { defaultsTable } from './defaults-table.ts'
import { figuresTable } from './figures-table.ts'
import { rewritten } from './regions.ts'
import { sizesTable } from './sizes-table.ts'

/** Documents that hold parts made by script. */
const documents = [
  'README.md',
  'ARCHITECTURE.md',
  'docs/decisions/sizes.md',
  'docs/results/README.md',
] as const

export interface Made {
  readonly path: string
  readonly current: string
  readonly next: string
}

/** Each document as it is, and as it ought to be. */
export async function makeDocuments(): Promise<Made[]> {
  const tables = {
    sizes: await sizesTable(),
    areas: await areasTable(),
    defaults: defaultsTable,
    connection: connectionDiagram,
    client: () => figuresTable(recorded('client')),
    parser: () => figuresTable(recorded('parser')),
  }
  return Promise.all(
    documents.map(async (name) => {
      const path = join(root, name)
      const current = await readFile(path, 'utf8')
      return { path, current, next: rewritten(current, tables) }
    }),
  )
}
