import { blocksOf } from './blocks.ts'
import { bundle } from './bundle.ts'

/** What the block under a heading of a document exports. It asks this server, where one is given. */
export async function moduleOf(
  document: string,
  heading: string,
  origin = 'https://api.example.com',
): Promise<Readonly<Record<string, unknown>>> {
  const block = blocksOf(document).find((one) => one.heading === heading)
  if (block === undefined) throw new RangeError(`There is no code under "${heading}"`)
  const code = block.code.replaceAll('https://api.example.com', origin)
  const program = await bundle({ ...block, code }, 'node')
  return import(/* @vite-ignore */ `data:text/javascript;base64,${Buffer.from(program).toString('base64')}`)
}
