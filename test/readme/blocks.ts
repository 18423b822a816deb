import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../../scripts/root.ts'

export interface Block {
  /** The heading that it stands under. */
  readonly heading: string
  /** ts, tsx, vue */
  readonly language: string
  readonly code: string
}

/** The code blocks of the README, each named by its heading. */
function readmeBlocks(): Block[] {
  return blocksOf('README.md')
}

/** The code blocks of a document of the project. */
export function blocksOf(path: string): Block[] {
  const text = readFileSync(join(root, path), 'utf8')
  return text.split(/^#+ /m).flatMap((section) => {
    const heading = section.slice(0, section.indexOf('\n'))
    return Array.from(section.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm), ([, language = '', code = '']) => ({
      heading,
      language,
      code,
    }))
  })
}

/** The block under a heading, as it stands, but asking this URL. */
export function blockFor(heading: string, url: string): Block {
  const block = readmeBlocks().find((one) => one.heading === heading)
  if (block === undefined) throw new RangeError(`The README has no code under "${heading}"`)
  return { ...block, code: block.code.replaceAll(/https:\/\/api\.example\.com\/\w+/g, url) }
}
