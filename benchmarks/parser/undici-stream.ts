import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

/** What the benchmark uses of undici's internal parser stream. */
interface UndiciStream {
  push: (event: { options: { data: string } } | null) => boolean
  _transform: (chunk: Uint8Array, encoding: string, done: () => void) => void
}

const require = createRequire(import.meta.url)

/** undici exports its EventSource only, so the stream inside is loaded by its path. */
export const { EventSourceStream }: { EventSourceStream: new (options: object) => UndiciStream } = require(
  join(dirname(require.resolve('undici')), 'lib/web/eventsource/eventsource-stream.js'),
)
