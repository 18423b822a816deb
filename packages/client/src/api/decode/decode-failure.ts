import type { Failure, ServerErrorFacts } from '../../core/failure.ts'
import type { RawEvent } from '../../core/reading.ts'
import type { StreamEvent } from './stream-event.ts'
import type { ValidationIssue } from './standard-schema.ts'

/** An error of the server, in an event or between events. `first`: its reply had brought nothing new before it. */
export function serverError(facts: ServerErrorFacts, text: string, first: boolean): Failure {
  // Text already here, where an object that refuses to be text is a bad event: later it would stop all that tells of the end.
  return { ...facts, message: `${facts.message}`, code: 'server-error', first, body: text.slice(0, 4096) }
}

/** An event whose data cannot be used. `what`: the end of the sentence that says why. */
export function refusal(
  code: 'parse' | 'schema',
  { type: name, lastEventId: id, raw }: StreamEvent<unknown>,
  what: string,
  cause: unknown,
  found: readonly ValidationIssue[] = [],
): Failure {
  const issues = found.slice(0, 20).map(({ message, path = [] }) => {
    const keys = path.map((part) => String(typeof part === 'object' ? part.key : part))
    return { path: cut(keys.join('.')), message: cut(message) }
  })
  const at = issues[0]?.path ? ` at ${issues[0].path}` : ''
  return {
    code,
    message: `The data of the event ${quoted(name)} ${what}${at}`,
    // Engines quote the text that is not JSON, some of them all of it.
    cause: cause instanceof SyntaxError ? new SyntaxError(cut(cause.message)) : cause,
    event: { name, id },
    issues,
    excerpt: cut(raw),
  }
}

/** A function of the app threw while it looked at an event. */
export function defect(event: RawEvent, cause: unknown): Failure {
  return refusal('parse', { ...event, raw: event.data }, 'made a function throw; see `cause`', cause)
}

function quoted(text: string): string {
  return JSON.stringify(cut(text))
}

/** An error holds only the start of data, and of what a validator says about it. */
function cut(text: string): string {
  return text.length > 200 ? `${text.slice(0, 200)}…` : text
}
