import type { EventStreamError, Phase } from '@millrace/client'
import { useEffect, useState } from 'react'
import type { Turn } from './turns.ts'

interface StatusProps {
  readonly state: Turn['state']
  readonly phase: Phase
  readonly error: EventStreamError | null
  readonly nextRetryAt: number | null
  readonly attempts: number
}

/** Where the answer stands, in a sentence that is read out when it changes. */
export function Status({ state, phase, error, nextRetryAt, attempts }: StatusProps) {
  const seconds = useSecondsTo(nextRetryAt)
  return (
    <span className="status" data-state={state} data-phase={phase}>
      <span role="status">{sentence(state, phase, error, attempts)}</span>
      {/* A countdown is for the eye: read out each second, it would be in the way. */}
      {seconds !== null && <span aria-hidden="true"> Going on in {seconds} s</span>}
    </span>
  )
}

function sentence(
  state: Turn['state'],
  phase: Phase,
  error: EventStreamError | null,
  attempts: number,
): string {
  switch (state) {
    case 'complete':
      return attempts > 1 ? `Complete, over ${attempts} connections` : 'Complete'
    case 'stopped':
      return 'Stopped'
    case 'failed':
      return error?.message ?? 'This answer was lost'
    case 'running':
      if (phase === 'waiting') return 'Connection lost.'
      return phase === 'open' ? 'Answering' : 'Connecting'
  }
}

function useSecondsTo(at: number | null): number | null {
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    if (at === null) return undefined
    setNow(Date.now())
    const timer = setInterval(() => setNow(Date.now()), 200)
    return () => clearInterval(timer)
  }, [at])
  return at === null ? null : Math.max(0, Math.ceil((at - now) / 1000))
}
