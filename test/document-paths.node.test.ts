import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { root } from '../scripts/root.ts'

const documents = globSync(['*.md', 'docs/**/*.md', 'packages/*/*.md', 'examples/*/*.md'], { cwd: root })

/** What a document points at in this repository: links, with the heading if they name one, and paths between backticks. */
function pointers(document: string): string[] {
  const text = readFileSync(join(root, document), 'utf8')
  const links = Array.from(text.matchAll(/(?:\]\(|src="|srcset=")([^)"\s]+)/g), ([, link = '']) => link)
    .filter((link) => !link.includes(':'))
    .map((link) => (link.startsWith('#') ? document + link : join(dirname(document), link)))
  const paths = text.matchAll(/`((?:packages|scripts|docs|demo|test)\/[\w./@-]+)`/g)
  return [...links, ...Array.from(paths, ([, path = '']) => path)]
}

function isThere(pointer: string): boolean {
  const [path = '', heading] = pointer.split('#')
  return existsSync(join(root, path)) && (heading === undefined || headingsOf(path).includes(heading))
}

/** As GitHub names them: in lower case, without punctuation, joined by hyphens. */
function headingsOf(document: string): string[] {
  const text = readFileSync(join(root, document), 'utf8').replaceAll(/^```[\s\S]*?^```$/gm, '')
  return Array.from(text.matchAll(/^#+ (.*)$/gm), ([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(' ', '-'),
  )
}

test.each(documents)('%s points only at files, and headings in them, that are there', (document) => {
  expect(pointers(document).filter((pointer) => !isThere(pointer))).toEqual([])
})

test('README.md has at most 200 lines', () => {
  expect(readFileSync(join(root, 'README.md'), 'utf8').trimEnd().split('\n').length).toBeLessThanOrEqual(200)
})
