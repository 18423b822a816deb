import type { Source } from './source.ts'
import type { Runtime } from './runtime.ts'

/** A refused reply's body is read for the error: this much of it, this long. */
export const excerptBytes = 4096
const longest = 2000

/**
 * The start of a refused reply's body as text: bounded in time and, but for the rest of a chunk, in bytes, since nobody
 * waits for an error page.
 */
export async function readExcerpt(source: Source, runtime: Runtime): Promise<string> {
  const chunks: Uint8Array[] = []
  let stop: () => void = () => {}
  const late = new Promise<void>((resolve) => {
    stop = runtime.sleep(longest, resolve, true)
  })
  await Promise.race([late, collect(source, chunks)])
  stop()
  source.cancel('read enough').catch(() => {})
  const decoder = new TextDecoder()
  return chunks.map((chunk) => decoder.decode(chunk, { stream: true })).join('')
}

/** Fills `chunks`; a body that breaks leaves what came before. */
async function collect(source: Source, chunks: Uint8Array[]): Promise<void> {
  let size = 0
  while (size < excerptBytes) {
    const { done, value } = await source.read().catch(() => ({ done: true, value: undefined }))
    if (done || value === undefined) return
    chunks.push(value)
    size += value.byteLength
  }
}
