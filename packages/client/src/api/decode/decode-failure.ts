import type { Failure, Issue } from '../../core/failure.ts'
import type { RawEvent } from '../../core/reading.ts'
import type { ServerErrorFacts } from '../options.ts'
import type { ValidationIssue } from './standard-schema.ts'
import type { StreamEvent } from '../stream/stream-event.ts'

/** An error of the server, in an event or between them. `seen`: how many events were handed over before. */
export function serverError(facts: ServerErrorFacts, text: string, seen: number): Failure {
  return { ...facts, code: 'server-error', first: seen === 0, body: text.slice(0, 4096) }
}

/** Characters of data, and of what a validator says of it, that an error may hold: never the whole of either. */
const longest = { excerpt: 256, message: 200, path: 100, issues: 20 }

export function refusedByParse(raw: RawEvent, cause: unknown): Failure {
  return unreadable(raw, `The data of ${named(raw)} could not be parsed`, cause)
}

/** A function of the app or of a protocol threw: without its answer the event cannot be judged. */
export function thrownBy(raw: RawEvent, cause: unknown): Failure {
  return unreadable(raw, `A function that looks at ${named(raw)} threw`, cause)
}

/** An event that could not be made use of. */
export function unreadable(raw: RawEvent, message: string, cause: unknown): Failure {
  return {
    code: 'parse',
    message,
    cause: boundedCause(cause),
    event: { name: raw.type, id: raw.lastEventId },
    issues: [],
    excerpt: cut(raw.data, longest.excerpt),
  }
}

/** `cause`: what the schema threw, instead of giving issues. */
export function refusedBySchema(
  event: StreamEvent<unknown>,
  found: readonly ValidationIssue[],
  cause?: unknown,
): Failure {
  const issues = found.slice(0, longest.issues).map(bounded)
  const first = issues[0]
  const at = first === undefined || first.path === '' ? '' : ` at ${first.path}`
  return {
    code: 'schema',
    message: `The data of ${named(event)} does not fit its schema${at}`,
    cause: boundedCause(cause),
    event: { name: event.type, id: event.lastEventId },
    issues,
    excerpt: cut(event.raw, longest.excerpt),
  }
}

/** Engines quote the text that is not JSON, some of them all of it. */
function boundedCause(cause: unknown): unknown {
  return cause instanceof SyntaxError ? new SyntaxError(cut(cause.message, longest.message)) : cause
}

function named({ type, lastEventId }: { readonly type: string; readonly lastEventId: string }): string {
  const id = lastEventId === '' ? '' : ` (id ${JSON.stringify(cut(lastEventId, 100))})`
  return `the event ${JSON.stringify(cut(type, 100))}${id}`
}

function bounded({ message, path = [] }: ValidationIssue): Issue {
  const keys = path.map((part) => String(typeof part === 'object' ? part.key : part))
  return { path: cut(keys.join('.'), longest.path), message: cut(message, longest.message) }
}

function cut(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length)}…` : text
}
