import { fromBase64, utf8 } from './bytes.ts'
import { replyFor, type RequestFacts } from './choose.ts'
import { elsewhere } from './elsewhere.ts'
import { cutBody, splitWrites } from './shape.ts'
import { replayFrom } from './replay.ts'
import type { Ending, HeaderFields, Scenario, Step } from './types.ts'
import { commentText, eventText } from './wire.ts'

/** The head of a reply as a transport sends it. */
export interface Head {
  readonly status: number
  readonly text: string
  readonly headers: HeaderFields
  readonly gzip: boolean
}

/** What a transport does, one after the other. A list always ends in `finish` or `hang`. */
export type Action =
  | { readonly do: 'inform'; readonly status: number; readonly headers: HeaderFields }
  | { readonly do: 'head'; readonly head: Head }
  | { readonly do: 'write'; readonly bytes: Uint8Array }
  | { readonly do: 'raw'; readonly bytes: Uint8Array }
  | { readonly do: 'wait'; readonly ms: number }
  | { readonly do: 'gate'; readonly name: string }
  | { readonly do: 'channel'; readonly name: string }
  | { readonly do: 'hang' }
  /** `whole` is false when the body was cut: a gzip trailer is then left out. */
  | { readonly do: 'finish'; readonly by: Ending; readonly whole: boolean }

export interface Surroundings {
  /** Wall clock in ms, for `{unix}`. */
  readonly now: () => number
}

const DEFAULT_HEADERS: HeaderFields = {
  'content-type': 'text/event-stream',
  'cache-control': 'no-cache',
}

/** What a scenario does with a request. Pure and lazy: a repetition without end is one only when it is followed. */
export function* actions(
  scenario: Scenario,
  request: RequestFacts,
  surroundings: Surroundings,
): Generator<Action, void, undefined> {
  const reply = replyFor(scenario, request)
  const steps = reply?.steps ?? noReply(request)
  const cut = steps.find((step) => step.type === 'cut')
  const plain = withHead(steps, { scenario, request, ...surroundings })
  yield* cut === undefined ? plain : cutBody(plain, cut)
}

interface Scene extends Surroundings {
  readonly scenario: Scenario
  readonly request: RequestFacts
}

/** Sends the head before the first bytes of the body, and ends a list that does not end itself. */
function* withHead(steps: readonly Step[], scene: Scene): Generator<Action, void, undefined> {
  let head: Head | undefined = { status: 200, text: '', headers: DEFAULT_HEADERS, gzip: false }
  for (const item of splitWrites(flatten(steps, scene, {}))) {
    if (item.do === 'set') {
      head = head && changed(head, item.head)
      continue
    }
    if (head !== undefined && needsHead(item)) {
      yield { do: 'head', head }
      head = undefined
    }
    if (item.do === 'open') continue
    yield item
    if (item.do === 'finish' || item.do === 'hang') return
  }
  if (head !== undefined) yield { do: 'head', head }
  yield { do: 'finish', by: 'end', whole: true }
}

function changed(head: Head, part: Partial<Head>): Head {
  return { ...head, ...part, headers: { ...head.headers, ...part.headers } }
}

/** Between a step and an action: what is still to be shaped. */
export type Draft =
  | Action
  | { readonly do: 'set'; readonly head: Partial<Head> }
  | { readonly do: 'open' }
  | { readonly do: 'chunks'; readonly sizes: readonly number[]; readonly every: number }

function needsHead(draft: Draft): boolean {
  return (
    draft.do === 'open' ||
    draft.do === 'write' ||
    draft.do === 'channel' ||
    (draft.do === 'finish' && draft.by === 'end')
  )
}

type Places = Readonly<Record<string, string>>

function* flatten(steps: readonly Step[], scene: Scene, places: Places): Generator<Draft, void, undefined> {
  for (const step of steps) yield* draftsOf(step, scene, places)
}

const FILL_PIECE = 65_536

function* draftsOf(step: Step, scene: Scene, places: Places): Generator<Draft, void, undefined> {
  switch (step.type) {
    case 'status':
      return yield { do: 'set', head: { status: step.status, text: step.text ?? '' } }
    case 'headers':
      return yield { do: 'set', head: { headers: step.headers } }
    case 'gzip':
      return yield { do: 'set', head: { gzip: true, headers: { 'content-encoding': 'gzip' } } }
    case 'redirect':
      yield { do: 'set', head: redirection(step, scene.request) }
      return yield { do: 'finish', by: 'end', whole: true }
    case 'inform':
      return yield { do: 'inform', status: step.status, headers: step.headers ?? {} }
    case 'event':
      return yield write(eventText(filled(step, places)))
    case 'comment':
      return yield write(commentText(fill(step.text, places)))
    case 'text':
      return yield write(fill(step.text, places))
    case 'bytes':
      return yield { do: 'write', bytes: fromBase64(step.base64) }
    case 'fill':
      return yield* filler(step.size, step.text ?? 'x')
    case 'repeat':
      return yield* repetition(step.steps, step.times ?? Number.POSITIVE_INFINITY, scene)
    case 'replay':
      for (const event of replayFrom(scene.scenario.log ?? [], scene.request.lastEventId, step)) {
        yield write(eventText(event))
        if (step.every !== undefined) yield { do: 'wait', ms: step.every }
      }
      return
    case 'chunks':
      return yield { do: 'chunks', sizes: step.sizes, every: step.every ?? 0 }
    case 'raw':
      return yield { do: 'raw', bytes: utf8(step.text) }
    case 'open':
    case 'hang':
      return yield { do: step.type }
    case 'wait':
      return yield { do: 'wait', ms: step.ms }
    case 'gate':
    case 'channel':
      return yield { do: step.type, name: step.name }
    case 'end':
    case 'reset':
    case 'fin':
      return yield { do: 'finish', by: step.type, whole: step.type === 'end' }
    case 'cut':
      // Shapes the whole body: see cutBody.
      return
  }
}

function redirection(
  { to, status = 307 }: Extract<Step, { type: 'redirect' }>,
  { headers }: RequestFacts,
): Partial<Head> {
  const location = to.replace('{elsewhere}', elsewhere(headers['host']))
  return { status, headers: { location, 'content-type': null } }
}

function* repetition(steps: readonly Step[], times: number, scene: Scene): Generator<Draft, void, undefined> {
  for (let n = 1; n <= times; n += 1) {
    yield* flatten(steps, scene, { n: String(n), unix: String(Math.floor(scene.now() / 1000)) })
  }
}

function* filler(size: number, text: string): Generator<Draft, void, undefined> {
  const piece = utf8(text.repeat(Math.ceil(FILL_PIECE / text.length)))
  for (let left = size; left > 0; left -= piece.length) {
    yield { do: 'write', bytes: left < piece.length ? piece.subarray(0, left) : piece }
  }
}

function write(text: string): Action {
  return { do: 'write', bytes: utf8(text) }
}

function fill(text: string, places: Places): string {
  return text.replace(/\{(n|unix)\}/g, (whole, name: string) => places[name] ?? whole)
}

function filled(event: Extract<Step, { type: 'event' }>, places: Places): Extract<Step, { type: 'event' }> {
  return {
    ...event,
    ...(event.data === undefined ? {} : { data: fill(event.data, places) }),
    ...(event.id === undefined ? {} : { id: fill(event.id, places) }),
  }
}

/** The reply that says which scenario has none: a test that asks too often shall see why. */
function noReply({ method, number }: RequestFacts): readonly Step[] {
  return [
    { type: 'status', status: 404 },
    { type: 'headers', headers: { 'content-type': 'text/plain; charset=utf-8' } },
    { type: 'text', text: `This scenario has no reply for ${method}, request ${number}.\n` },
  ]
}
