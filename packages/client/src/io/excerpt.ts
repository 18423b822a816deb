import type { Body, Read, Silences } from './body.ts'

/** Of a refused reply's body at most so much is read, for the error, and for at most so many ms. */
export const excerptBytes = 4096
const longest = 2000

/** The start of a body as text. Where the body breaks or takes too long, it is what came before: nobody waits for an error page. */
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
  } catch {
    // A custom fetch gave a body that cannot be read: the status is what counts.
  }
  return text
}
