import type { Action, Draft, Head } from './action.ts'
import { fromBase64, utf8 } from './bytes.ts'
import type { RequestFacts } from './choose.ts'
import { elsewhere } from './elsewhere.ts'
import { replayFrom } from './replay.ts'
import type { HeaderFields, Scenario, Step } from './types.ts'
import { commentText, eventText } from './wire.ts'

export interface Surroundings {
  /** Wall clock in ms, for `{unix}`. */
  readonly now: () => number
}

/** What steps may depend on. */
export interface Scene extends Surroundings {
  readonly scenario: Scenario
  readonly request: RequestFacts
}

type Places = Readonly<Record<string, string>>

/** What steps stand for, one after the other. `places` are the texts for `{n}` and `{unix}`. */
export function* draftsOf(
  steps: readonly Step[],
  scene: Scene,
  places: Places = {},
): Generator<Draft, void, undefined> {
  for (const step of steps) yield* draftsOfStep(step, scene, places)
}

const FILL_PIECE = 65_536

function* draftsOfStep(step: Step, scene: Scene, places: Places): Generator<Draft, void, undefined> {
  switch (step.type) {
    case 'status':
      return yield { do: 'set', head: { status: step.status, text: step.text ?? '' } }
    case 'headers':
      return yield { do: 'set', head: { headers: dated(step.headers, scene.now()) } }
    case 'gzip':
      if (!/\bgzip\b/.test(scene.request.headers['accept-encoding'] ?? '')) return
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

/** Writes dates into header values: `{date+5}` is five seconds from now, as HTTP writes it. */
function dated(headers: HeaderFields, now: number): HeaderFields {
  const date = (value: string) =>
    value.replace(/\{date\+(\d+)\}/g, (_, seconds: string) =>
      new Date(now + Number(seconds) * 1000).toUTCString(),
    )
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, typeof value === 'string' ? date(value) : value]),
  )
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
    const places = { n: String(n), unix: String(Math.floor(scene.now() / 1000)) }
    let acts = false
    for (const draft of draftsOf(steps, scene, places)) {
      acts ||= isAct(draft)
      yield draft
    }
    // Nothing was sent or waited for, nor would it be the next time: that can go on without end, and nothing else beside it.
    if (!acts) return
  }
}

function isAct(draft: Draft): boolean {
  if (draft.do === 'write') return draft.bytes.length > 0
  return draft.do !== 'set' && draft.do !== 'chunks' && draft.do !== 'open'
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
