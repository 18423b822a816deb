import type { Body, Read, Silences } from './body.ts'

/** A refused reply's body is read for the error: this much of it, this long. */
export const excerptBytes = 4096
const longest = 2000

/** The start of a body as text; one that breaks, or is out of time, leaves what came before. Nobody waits for an error page. */
export async function readExcerpt(open: (timeouts: Silences) => Body | undefined): Promise<string> {
  const decoder = new TextDecoder()
  let text = ''
  let size = 0
  try {
    const body = open({ firstEvent: longest, idle: Infinity })
    if (body === undefined) return ''
    while (size < excerptBytes) {
      const read = await new Promise<Read>((resolve) => body.next(resolve))
      if ('failure' in read) break
      text += decoder.decode(read, { stream: true })
      size += read.byteLength
    }
    void body.cancel('read enough')
  } catch {
    // A given fetch whose body cannot be read: its status is what counts.
  }
  return text
}
