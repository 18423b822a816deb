/** What a parser tells, in order. */
export type Call =
  | { type: 'event'; event: string | undefined; id: string | undefined; data: string }
  | { type: 'id'; id: string }
  | { type: 'retry'; retry: number }
  | { type: 'comment'; comment: string }

/**
 * The standard's "parsing an event stream" and "interpreting an event stream", written down as slowly and as
 * literally as possible: the whole body at once, no state between chunks. What the parser is held against.
 */
export function interpret(bytes: Uint8Array): Call[] {
  // "Streams must be decoded using the UTF-8 decode algorithm", which drops one byte order mark.
  return interpretText(new TextDecoder('utf-8').decode(bytes))
}

function interpretText(text: string): Call[] {
  const lines = text.split(/\r\n|\r|\n/)
  // What follows the last line end is not a line.
  lines.pop()

  const calls: Call[] = []
  let data = ''
  let eventType = ''
  let id: string | undefined

  for (const line of lines) {
    if (line === '') {
      if (id !== undefined) calls.push({ type: 'id', id })
      if (data !== '') {
        calls.push({ type: 'event', event: eventType || undefined, id, data: data.replace(/\n$/, '') })
      }
      data = ''
      eventType = ''
      id = undefined
      continue
    }
    const colon = line.indexOf(':')
    const name = colon < 0 ? line : line.slice(0, colon)
    const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '')
    if (colon === 0) calls.push({ type: 'comment', comment: value })
    else if (name === 'event') eventType = value
    else if (name === 'data') data += `${value}\n`
    else if (name === 'id' && !value.includes('\0')) id = value
    else if (name === 'retry' && /^[0-9]+$/.test(value)) calls.push({ type: 'retry', retry: Number(value) })
  }
  return calls
}
