import type { Scenario, Step } from './scenario/types.ts'

/** How a scenario reaches a client: a real socket, MSW, or an injected fetch. */
export type Transport = 'socket' | 'msw' | 'fetch'

/** Where a transport differs by the runtime it is in. */
export interface Surface {
  /** MSW in Node turns a broken body into a clean end; in a browser its worker does not. @default 'node' */
  readonly runtime?: 'node' | 'browser'
}

/**
 * What of a scenario a transport cannot show, one sentence each; empty when it shows all of it. A test that
 * runs over several transports skips by it, and says why.
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
const borders: Cannot = [has('chunks'), 'Writes that follow each other closely arrive as one chunk.']
const opens: Cannot = [
  has('open'),
  'MSW in Node gives the head with the first bytes of the body, not before.',
]
const breaks: Cannot = [breaksBody, 'MSW in Node turns a body that breaks into a clean end.']

const CANNOT: { readonly [T in Transport]: (surface: Surface) => readonly Cannot[] } = {
  socket: () => [borders],
  msw: ({ runtime = 'node' }) => [
    pastHttp,
    informs,
    gzips,
    borders,
    ...(runtime === 'node' ? [opens, breaks] : []),
  ],
  fetch: () => [pastHttp, informs, gzips],
}

/** Steps that write, and so put what follows them inside a body. */
const WRITES: ReadonlySet<Step['type']> = new Set([
  'open',
  'event',
  'comment',
  'text',
  'bytes',
  'fill',
  'replay',
  'channel',
])

function breaksBody(steps: readonly Step[]): boolean {
  const body = steps.findIndex(({ type }) => WRITES.has(type))
  return steps.some(
    (step, at) =>
      (step.type === 'cut' && step.by !== 'end') ||
      ((step.type === 'reset' || step.type === 'fin') && body >= 0 && body < at),
  )
}

function allSteps(steps: readonly Step[]): readonly Step[] {
  return steps.flatMap((step) => (step.type === 'repeat' ? [step, ...allSteps(step.steps)] : [step]))
}
