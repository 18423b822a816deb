import { encode } from '@millrace/parser/encode'
import type { EventFields } from './types.ts'

const LINE_END = /\r\n|\r|\n/

/**
 * Wire text of an event.
 *
 * @throws {TypeError} when a field cannot be sent as it is; a text step can send any line
 */
export function eventText({ event, data, id, retry }: EventFields): string {
  return encode({ event, data, id, retry })
}

/** Wire text of a comment, each of its lines marked as one; the lines alone, with no blank line after them. */
export function commentText(comment: string): string {
  return comment
    .split(LINE_END)
    .map((line) => `: ${line}\n`)
    .join('')
}
