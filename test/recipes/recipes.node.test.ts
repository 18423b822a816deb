import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { root } from '../../scripts/root.ts'

const page = readFileSync(join(root, 'docs/testing.md'), 'utf8')
const shown = Array.from(page.matchAll(/^```ts\n([\s\S]*?)^```$/gm), ([, code]) => code)
const here = import.meta.filename
const files = globSync('*.node.test.ts', { cwd: import.meta.dirname })
  .map((name) => join(import.meta.dirname, name))
  .filter((path) => path !== here)
  .map((path) => readFileSync(path, 'utf8'))

test('docs/testing.md shows the recipes of this folder, as they run', () => {
  expect(shown.toSorted()).toEqual(files.toSorted())
})
