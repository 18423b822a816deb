import * as client from '@millrace/client'
import * as protocols from '@millrace/client/protocols'
import * as server from '@millrace/test-server/server'
import { transform } from 'esbuild'
import { blocksOf } from './blocks.ts'

type Exports = Readonly<Record<string, unknown>>

/** What blocks import, as it is loaded already: a bundle of each block, and all of the client in it, took a second. */
const modules: Readonly<Record<string, Exports>> = {
  '@millrace/client': client,
  '@millrace/client/protocols': protocols,
  '@millrace/test-server/server': server,
}

/** What the block under a heading of a document exports. It asks this server, where one is given. */
export async function moduleOf(
  document: string,
  heading: string,
  origin = 'https://api.example.com',
): Promise<Exports> {
  const block = blocksOf(document).find((one) => one.heading === heading)
  if (block === undefined) throw new RangeError(`There is no code under "${heading}"`)
  const source = block.code.replaceAll('https://api.example.com', origin)
  const { code } = await transform(source, { loader: 'ts', format: 'cjs' })
  const module = { exports: {} }
  new Function('require', 'module', code)(imported, module)
  return module.exports
}

function imported(name: string): Exports {
  const found = modules[name]
  if (found === undefined) throw new RangeError(`Nothing is loaded under the name of "${name}"`)
  return found
}
