import { EventStreamError, type StreamEvent } from '@millrace/client'
import { pick } from './pick.ts'
import { printable } from './screen/printable.ts'

/** What went wrong, in one sentence for a person at a terminal. */
export function explain(error: unknown, url: string): string {
  const server = URL.parse(url)?.host ?? url
  if (!(error instanceof EventStreamError)) return sentence(plainMessage(error, server))
  const cause = error.code === 'retries-exhausted' ? error.cause : error
  if (!(cause instanceof EventStreamError)) return sentence(error.message)
  if (cause.code === 'network') {
    return sentence(cause.message.replace(/^The connection failed/, `The connection to ${server} failed`))
  }
  if (cause.code === 'http-status') return sentence(`${server} answered ${cause.status}${reason(cause.body)}`)
  return sentence(cause.message)
}

/** What an event of an answer says when it is an error: of that name, or with one in its JSON. */
export function errorIn({ type, data }: StreamEvent): { readonly message: string } | null {
  if (type === 'error') return { message: told(data) || 'without a message' }
  const message = pick(data, 'error.message') || pick(data, 'error')
  return message === '' ? null : { message }
}

function plainMessage(error: unknown, server: string): string {
  if (!(error instanceof Error)) return String(error)
  if ('code' in error && error.code === 'EADDRINUSE') return `${server} is taken: choose another --port`
  return error.message
}

function reason(body: string): string {
  const text = told(body)
  return text === '' ? '' : `: ${text.slice(0, 200)}`
}

/** Servers explain themselves in JSON, in one of these places, or in a line of text. */
function told(body: string): string {
  const texts = ['error.message', 'message', 'error', 'detail'].map((path) => pick(body, path))
  const [line = ''] = body.trim().split(/[\r\n]/)
  return texts.find((text) => text !== '') ?? (/^[[{<]/.test(line) ? '' : line)
}

const sentence = (text: string): string =>
  `${printable(text)
    .trim()
    .replace(/[.\s]+$/, '')}.`
