/** Writes the tables that are made by script into the documents. */
import { writeFile } from 'node:fs/promises'
import { makeDocuments } from './tables/documents.ts'

for (const { path, current, next } of await makeDocuments()) {
  if (next === current) continue
  await writeFile(path, next)
  console.log(`Wrote the tables of ${path}`)
}
