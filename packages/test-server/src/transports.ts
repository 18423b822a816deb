import type { Scenario, Step } from './scenario/types.ts'

/** How a scenario reaches a client: a real socket, MSW, or an injected fetch. */
export type Transport = 'socket' | 'msw' | 'fetch'

/** Where a transport differs by the runtime it is in. */
export interface Surface {
  /** MSW in Node holds the head of a reply back; in a browser its worker does not. @default 'node' */
  readonly runtime?: 'node' | 'browser' | undefined
}

/**
 * What of a scenario a transport cannot show, one sentence each; empty when it shows all of it. A test that
 * runs over several transports skips by it, and says why.
 *
 * @example
 * const [why] = limitsOf(scenario, 'msw') // undefined: MSW can show all of it
 */
export function limitsOf(scenario: Scenario, transport: Transport, surface: Surface = {}): readonly string[] {
  return CANNOT[transport](surface)
    .filter(([holds]) => scenario.replies.some(({ steps }) => holds(allSteps(steps))))
    .map(([, why]) => why)
}

type Cannot = readonly [holds: (steps: readonly Step[]) => boolean, why: string]

const has = (type: Step['type']) => (steps: readonly Step[]) => steps.some((step) => step.type === type)

const pastHttp: Cannot = [has('raw'), 'There is no HTTP under a Response to break.']
const informs: Cannot = [has('inform'), 'A Response has no informational replies before it.']
const gzips: Cannot = [has('gzip'), 'A fetch gives the body decoded: nothing is compressed.']
const borders: Cannot = [
  (steps) => steps.some((step) => step.type === 'chunks' && (step.every ?? 0) === 0),
  'Writes that follow each other closely arrive as one chunk.',
]
const opens: Cannot = [
  has('open'),
  'MSW in Node gives the head with the first bytes of the body, not before.',
]
/** Before any of these, a reply has no head. */
const HEADED: ReadonlySet<Step['type']> = new Set([
  'open',
  'event',
  'comment',
  'text',
  'bytes',
  'fill',
  'replay',
  'channel',
  'raw',
])
const mutes: Cannot = [
  (steps) => steps.find(({ type }) => type === 'hang' || HEADED.has(type))?.type === 'hang',
  'In a page, MSW tells no handler that its client has gone before there is a reply.',
]
const others: Cannot = [
  (steps) => steps.some((step) => step.type === 'redirect' && !step.to.startsWith('?')),
  'MSW handlers answer for one URL, with any query; where this redirect leads is not theirs.',
]

const CANNOT: { readonly [T in Transport]: (surface: Surface) => readonly Cannot[] } = {
  socket: () => [borders],
  msw: ({ runtime = 'node' }) => [
    pastHttp,
    informs,
    gzips,
    borders,
    others,
    runtime === 'node' ? opens : mutes,
  ],
  fetch: () => [pastHttp, informs, gzips],
}

function allSteps(steps: readonly Step[]): readonly Step[] {
  return steps.flatMap((step) => (step.type === 'repeat' ? [step, ...allSteps(step.steps)] : [step]))
}
