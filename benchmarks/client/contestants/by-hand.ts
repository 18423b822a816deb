import { createParser } from 'eventsource-parser'
import type { Read } from '../read.ts'

/** What one writes by hand: no retries, no idea whether the answer is complete. */
export const read: Read = async (url, events) => {
  let left = events
  let characters = 0
  const parser = createParser({
    onEvent: ({ data }) => {
      left--
      characters += data.length
    },
  })
  const { body } = await fetch(url)
  if (body === null) throw new TypeError('No body')
  const reader = body.getReader()
  const decoder = new TextDecoder()
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    parser.feed(decoder.decode(next.value, { stream: true }))
  }
  if (left > 0 || characters === 0) throw new RangeError('Not every event was read')
}
