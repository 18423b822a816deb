import type { Action, Draft, Head } from './action.ts'
import { replyFor, type RequestFacts } from './choose.ts'
import { draftsOf, type Scene, type Surroundings } from './drafts.ts'
import { cutBody, splitWrites } from './shape.ts'
import type { HeaderFields, Scenario, Step } from './types.ts'

const DEFAULT_HEADERS: HeaderFields = {
  'content-type': 'text/event-stream',
  'cache-control': 'no-cache',
}

/** What a scenario does with a request. Pure and lazy: an endless repetition yields only as many actions as are asked for. */
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

/** Sends the head before the first bytes of the body, and ends a list that does not end itself. */
function* withHead(steps: readonly Step[], scene: Scene): Generator<Action, void, undefined> {
  let head: Head | undefined = { status: 200, text: '', headers: DEFAULT_HEADERS, gzip: false }
  for (const item of splitWrites(draftsOf(steps, scene))) {
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

function needsHead(draft: Draft): boolean {
  return (
    draft.do === 'open' ||
    draft.do === 'write' ||
    draft.do === 'channel' ||
    (draft.do === 'finish' && draft.by === 'end')
  )
}

/** The reply of a scenario that has none: a test that asks too often can see why. */
function noReply({ method, number }: RequestFacts): readonly Step[] {
  return [
    { type: 'status', status: 404 },
    { type: 'headers', headers: { 'content-type': 'text/plain; charset=utf-8' } },
    { type: 'text', text: `This scenario has no reply for ${method}, request ${number}.\n` },
  ]
}
