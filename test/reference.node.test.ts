import type {
  ErrorCode,
  EventSourceInit,
  EventStream,
  Observation,
  Outcome,
  OutcomeType,
  Protocol,
  SchemaOption,
  TypedOptions,
} from '@millrace/client'
import type { ParserConfig } from '@millrace/parser'
import type { Limits, ServeOptions, Step } from '@millrace/test-server'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { root } from '../scripts/root.ts'

/** A name for each member of a type: the compiler asks for those that are missing, and refuses any other. */
type All<Names extends PropertyKey> = Readonly<Record<Names & string, true>>

type Options = TypedOptions<Protocol, unknown, SchemaOption, 'skip', 'throw'>

const connection = {
  method: true,
  headers: true,
  body: true,
  fetch: true,
  signal: true,
  lastEventId: true,
  resume: true,
  retry: true,
  timeouts: true,
  limits: true,
  observe: true,
  forwardHeaders: true,
  forwardBody: true,
  unref: true,
  runtime: true,
} as const

const options: All<keyof Options> = {
  ...connection,
  json: true,
  cursor: true,
  idempotencyKey: true,
  sameEvent: true,
  until: true,
  errorOf: true,
  accept: true,
  protocol: true,
  parse: true,
  schema: true,
  others: true,
  onInvalid: true,
  credentials: true,
  mode: true,
  referrer: true,
  referrerPolicy: true,
  cache: true,
}
const init: All<keyof EventSourceInit> = { ...connection, withCredentials: true, corsProbe: true }
const stream: All<keyof EventStream> = {
  batches: true,
  done: true,
  outcome: true,
  response: true,
  cursor: true,
  lastEventId: true,
  reconnect: true,
  close: true,
  protocol: true,
  terminator: true,
}
const outcome: All<OutcomeType | keyof Outcome> = {
  complete: true,
  ended: true,
  truncated: true,
  network: true,
  timeout: true,
  'server-error': true,
  aborted: true,
  invalid: true,
  type: true,
  by: true,
  error: true,
  events: true,
  skipped: true,
  bytes: true,
  tail: true,
  attempts: true,
  lastEventId: true,
  requestId: true,
  resumable: true,
}
const observed: All<Observation['type']> = {
  attempt: true,
  probe: true,
  response: true,
  open: true,
  event: true,
  skipped: true,
  comment: true,
  id: true,
  retry: true,
  'id-too-long': true,
  error: true,
  scheduled: true,
  close: true,
}
const codes: All<ErrorCode> = {
  network: true,
  'http-status': true,
  'content-type': true,
  'server-error': true,
  timeout: true,
  truncated: true,
  'too-large': true,
  parse: true,
  schema: true,
  redirect: true,
  'not-repeated': true,
  'retries-exhausted': true,
  'no-content': true,
  'already-consumed': true,
  'invalid-option': true,
}

const parser: All<keyof ParserConfig> = {
  onEvent: true,
  onId: true,
  onRetry: true,
  onComment: true,
  onError: true,
  maxBufferSize: true,
  maxFieldSize: true,
  maxUnknownSize: true,
  detach: true,
}
const served: All<keyof ServeOptions> = {
  port: true,
  host: true,
  hosts: true,
  origins: true,
  control: true,
  http2: true,
  tls: true,
  limits: true,
  observe: true,
}
const limits: All<keyof Limits> = {
  connections: true,
  header: true,
  body: true,
  behind: true,
  stalled: true,
  life: true,
  journal: true,
}
const steps: All<Step['type']> = {
  event: true,
  comment: true,
  text: true,
  bytes: true,
  fill: true,
  wait: true,
  gate: true,
  cut: true,
  end: true,
  reset: true,
  fin: true,
  hang: true,
  status: true,
  headers: true,
  redirect: true,
  inform: true,
  open: true,
  replay: true,
  repeat: true,
  chunks: true,
  gzip: true,
  channel: true,
  raw: true,
}

/** The names that open the rows of the tables under a heading, each table's own heading aside: several in one cell, or a call. */
function namesUnder(heading: string, document: string): string[] {
  const sections = readFileSync(join(root, document), 'utf8').split(/^## /m)
  const section = sections.find((text) => text.startsWith(`${heading}\n`)) ?? ''
  const cells = Array.from(section.matchAll(/^\| (`.*?) \|.*\n(?!\| -)/gm), ([, cell = '']) => cell)
  return cells.flatMap((cell) =>
    Array.from(cell.matchAll(/`([\w-]+)(?:\(.*?\))?`/g), ([, name = '']) => name),
  )
}

test.each([
  ['Options', 'docs/fetch-event-stream.md', options],
  ['The stream', 'docs/fetch-event-stream.md', stream],
  ['The outcome', 'docs/fetch-event-stream.md', outcome],
  ['What `observe` sees', 'docs/fetch-event-stream.md', observed],
  ['What `init` takes', 'docs/event-source.md', init],
  ['Codes', 'docs/errors.md', codes],
  ['createParser(config)', 'packages/parser/README.md', parser],
  ['Steps', 'packages/test-server/README.md', steps],
  ['Three transports, one API', 'packages/test-server/README.md', served],
  ['Safe by default', 'packages/test-server/README.md', limits],
])('"%s" of %s names all there is, and nothing else', (heading, document, known) => {
  expect(namesUnder(heading, document).toSorted()).toEqual(Object.keys(known).toSorted())
})
