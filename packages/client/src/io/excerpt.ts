import type { Body, Patient, Read } from './body.ts'
import type { Runtime } from './runtime.ts'

/** A refused reply's body is read for the error: this much of it, this long. */
export const excerptBytes = 4096
const longest = 2000

/** For an error page, which nobody waits for. */
export function hurried(runtime: Runtime): Patient {
  const at = runtime.now() + longest
  return { patience: () => ({ timeout: 'idle', at, after: longest }) }
}

/** The start of a body as text; one that breaks, or is out of time, leaves what came before. */
export async function readExcerpt(body: Body): Promise<string> {
  const decoder = new TextDecoder()
  let text = ''
  let size = 0
  while (size < excerptBytes) {
    const read = await new Promise<Read>((resolve) => body.next(resolve))
    if (read.type !== 'bytes') break
    text += decoder.decode(read.bytes, { stream: true })
    size += read.bytes.byteLength
  }
  void body.cancel('read enough')
  return text
}
