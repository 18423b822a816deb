import { join } from 'node:path'
import { check, folder, paths, type Checked } from './project.ts'

/** What programs have: those for Node no types of the DOM, those for pages what Vite's templates list. */
const libraries = [
  { name: 'without the DOM', lib: ['ES2022'], types: ['node'] },
  { name: 'in a page', lib: ['ES2022', 'DOM', 'DOM.Iterable'], types: [] },
]

const entries = ['', 'adapters', 'protocols', 'testing', 'compat/fetch-event-source']

/** Every line of the declarations holds, for who does without `skipLibCheck`. The bindings' need a framework beside them. */
export function checkWhole(version: string): Promise<Checked>[] {
  return libraries.map(({ name, lib, types }) =>
    check({
      name: `${version} ${name}`,
      version,
      options: { paths, lib, types, skipLibCheck: false },
      include: entries.map((entry) => join(folder, 'client', entry, 'index.d.ts')),
    }),
  )
}
