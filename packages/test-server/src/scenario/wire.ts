import type { EventFields } from './types.ts'

const LINE_END = /\r\n|\r|\n/

/** Wire text of an event. Data may hold line ends; the other fields are one line by construction of the step. */
export function eventText({ event, data, id, retry }: EventFields): string {
  let text = ''
  if (event !== undefined) text += `event: ${oneLine('event', event)}\n`
  if (id !== undefined) text += `id: ${oneLine('id', id)}\n`
  if (retry !== undefined) text += `retry: ${retry}\n`
  if (data !== undefined) for (const line of data.split(LINE_END)) text += `data: ${line}\n`
  return `${text}\n`
}

/** Wire text of a comment, each of its lines marked as one. */
export function commentText(comment: string): string {
  return comment
    .split(LINE_END)
    .map((line) => `: ${line}\n`)
    .join('')
}

function oneLine(field: string, value: string): string {
  if (/[\r\n\0]/.test(value))
    throw new TypeError(`${field} holds a line end or NUL; use a text step to send such a line`)
  return value
}
