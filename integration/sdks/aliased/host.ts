/** Runs the programs beside it, each when it is asked for: by itself, each would load its SDK anew. */
import { flushCompileCache } from 'node:module'

const { aliased } = process.argv.includes('ours') ? await import('./alias.ts') : { aliased: [] }

export interface Asked {
  readonly program: 'ai' | 'mcp' | 'mcp-sse'
  readonly url: string
}

export interface Given {
  /** What the program made of what is at the URL. */
  readonly gave: unknown
  /** Who got which of ours so far. */
  readonly aliased: readonly string[]
}

process.on('message', (asked: Asked) => void run(asked))

async function run({ program, url }: Asked): Promise<void> {
  const { default: main } = await import(`./${program}.ts`)
  // At its end, where Node would write down what it has compiled, this process is killed.
  flushCompileCache()
  process.send?.({ gave: await main(url), aliased } satisfies Given)
}
