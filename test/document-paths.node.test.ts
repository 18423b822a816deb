import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { root } from '../scripts/root.ts'

const documents = globSync(['*.md', 'docs/**/*.md', 'packages/*/*.md'], { cwd: root })

/** What a document points at in this repository: links, and paths between backticks. */
function pointers(document: string): string[] {
  const text = readFileSync(join(root, document), 'utf8')
  const links = Array.from(text.matchAll(/(?:\]\(|src="|srcset=")([^)"#\s]+)/g), ([, path = '']) => path)
    .filter((path) => !path.includes(':'))
    .map((path) => join(dirname(document), path))
  const paths = text.matchAll(/`((?:packages|scripts|docs|demo|test)\/[\w./@-]+)`/g)
  return [...links, ...Array.from(paths, ([, path = '']) => path)]
}

test.each(documents)('%s points only at files that are there', (document) => {
  expect(pointers(document).filter((path) => !existsSync(join(root, path)))).toEqual([])
})

test('README.md has at most 200 lines', () => {
  expect(readFileSync(join(root, 'README.md'), 'utf8').split('\n').length).toBeLessThanOrEqual(200)
})
