import { useEffect } from 'react'
import { focusPrompt } from './composer.tsx'
import { Status } from './status.tsx'
import type { Turn } from './turns.ts'
import { useAnswer } from './use-answer.ts'

/** A question and its answer. `onChange` gets what is to be kept. */
export function Answer({ turn, onChange }: { turn: Turn; onChange: (turn: Turn) => void }) {
  const { data, phase, outcome, error, nextRetryAt, lastEventId, stop } = useAnswer(turn)
  const ended = outcome === null ? null : stateOf(outcome.type)
  const state = ended ?? turn.state

  useEffect(() => {
    onChange({ ...turn, ...data, lastEventId, state })
  }, [data, lastEventId, state])

  return (
    <article className="turn" aria-label={turn.prompt}>
      <p className="question">{turn.prompt}</p>
      <div className="answer">
        <p aria-live="polite" aria-busy={state === 'running'} data-testid="text">
          {data.text}
          {state === 'running' && <span className="caret" aria-hidden="true" />}
        </p>
        <footer>
          <Status
            state={state}
            phase={phase}
            error={error}
            nextRetryAt={nextRetryAt}
            attempts={outcome?.attempts ?? 1}
          />
          {state === 'running' && (
            <>
              <button onClick={() => (stop(), focusPrompt())}>Stop</button>
              <button className="cut" onClick={() => void fetch('/api/cut', { method: 'POST' })}>
                Cut me
              </button>
            </>
          )}
        </footer>
      </div>
    </article>
  )
}

function stateOf(outcome: string): Turn['state'] {
  if (outcome === 'complete') return 'complete'
  return outcome === 'aborted' ? 'stopped' : 'failed'
}
