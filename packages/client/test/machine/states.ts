import type { Policy } from '../../src/core/policy.ts'
import { initialState } from '../../src/core/initial-state.ts'
import type { Ledger, State } from '../../src/core/state.ts'
import { broken, refused } from './facts.ts'

/** Monotonic ms at which every sample input comes. */
export const now = 100_000

/** States that differ in what may follow, each as it is at `now`. */
export function sampleStates(policy: Policy): Readonly<Record<string, State>> {
  const first: Ledger = {
    ...initialState(policy).ledger,
    epoch: 1,
    attempt: 1,
    fruitless: 1,
    healthyAt: 90_000,
  }
  const later: Ledger = {
    ...first,
    epoch: 7,
    attempt: 3,
    failures: 2,
    fruitless: 2,
    received: true,
    opened: true,
  }
  const timeout = policy.timeouts.headers
  const connecting = {
    type: 'connecting',
    startedAt: 98_000,
    timeout,
    hops: [],
    probe: 'none',
    cause: null,
  } as const
  const open = { type: 'open', body: 'stream', before: beforeOf(later) } as const
  const waiting = { type: 'waiting', ledger: later, notBefore: 100_500, failure: broken } as const
  return {
    idle: initialState(policy),
    connecting: { ...connecting, ledger: first },
    'connecting again after a cut': { ...connecting, ledger: later, cause: broken },
    'connecting, asking whether CORS refuses': {
      ...connecting,
      ledger: first,
      probe: 'probing',
      cause: broken,
    },
    'connecting, confirming that CORS refuses': {
      ...connecting,
      ledger: first,
      probe: 'confirming',
      cause: broken,
    },
    'open for 1 s, nothing read yet': {
      ...open,
      ledger: { ...first, opened: true },
      before: beforeOf(first),
      openedAt: 99_000,
      eventful: false,
    },
    'open for 1 s, no event yet': { ...open, ledger: later, openedAt: 99_000, eventful: false },
    'open for 1 s, with events': {
      ...open,
      ledger: { ...later, fruitless: 0, healthyAt: 99_500, eventAt: 99_500 },
      openedAt: 99_000,
      eventful: true,
    },
    'open for 10 s, with events': {
      ...open,
      ledger: { ...later, fruitless: 0, healthyAt: 91_000, eventAt: 91_000 },
      openedAt: 90_000,
      eventful: true,
    },
    'failing (404)': { type: 'failing', ledger: first, failure: refused(404) },
    'failing (503)': { type: 'failing', ledger: first, failure: refused(503) },
    'failing (503, Retry-After: 4)': {
      type: 'failing',
      ledger: first,
      failure: refused(503, { retryAfter: 4000 }),
    },
    'failing (503) after a cut': { type: 'failing', ledger: later, failure: refused(503) },
    'waiting for 2 s more': { ...waiting, until: 102_000 },
    'waiting for the network': {
      ...waiting,
      ledger: { ...later, online: false },
      until: 'online',
    },
    'waiting in the back/forward cache': { ...waiting, until: 'thaw' },
    'in the back/forward cache, open before': {
      ...waiting,
      until: 'thaw',
      notBefore: 99_000,
      failure: null,
    },
    closed: { type: 'closed', ledger: later, reason: { type: 'complete' } },
  }
}

function beforeOf({ fruitless, healthyAt, received, refreshed }: Ledger) {
  return { fruitless, healthyAt, received, refreshed }
}
