import { createParser } from '@millrace/parser'
import type { Chunk, ParserConfig } from '@millrace/parser'
import type { Call } from './reference.ts'

/** Parser callbacks that write down every call in order. */
function recorder(): { calls: Call[]; config: ParserConfig } {
  const calls: Call[] = []
  const config: ParserConfig = {
    onEvent: ({ event, id, data }) => calls.push({ type: 'event', event, id, data }),
    onId: (id) => calls.push({ type: 'id', id }),
    onRetry: (retry) => calls.push({ type: 'retry', retry }),
    onComment: (comment) => calls.push({ type: 'comment', comment }),
  }
  return { calls, config }
}

/** Every call a parser makes for these chunks. */
export function callsFor(chunks: Iterable<Chunk>, config: ParserConfig = {}): Call[] {
  const { calls, config: recording } = recorder()
  const parser = createParser({ ...recording, ...config })
  for (const chunk of chunks) parser.feed(chunk)
  return calls
}
