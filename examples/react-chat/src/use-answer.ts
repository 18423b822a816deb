import { lastEventIdGet } from '@millrace/client'
import { useEventStream } from '@millrace/client/react'
import { useEffect } from 'react'
import type { Turn } from './turns.ts'

/** The answer to a turn: begun, or gone on with where the page was left. */
export function useAnswer(turn: Turn) {
  const answer = useEventStream({
    request: ({ prompt, text, events, lastEventId }: Turn) => ({
      url: '/api/chat',
      json: { prompt },
      until: '[DONE]',
      resume: lastEventIdGet,
      ...(text === '' ? {} : { cursor: { lastEventId, events } }),
    }),
    parse: (data): { readonly text: string } => JSON.parse(data),
    initial: { text: turn.text, events: turn.events },
    reduce: (so, { data }) => ({ text: so.text + data.text, events: so.events + 1 }),
  })
  const { data, phase, outcome, error, start, stop } = answer
  const lastEventId = answer.lastEventId === '' ? turn.lastEventId : answer.lastEventId

  const running = turn.state === 'running'
  // On mount only: a turn that is changed is the one that this answer changes.
  useEffect(() => {
    if (running) start(turn)
  }, [start])

  return { data, phase, outcome, error, nextRetryAt: answer.nextRetryAt, lastEventId, stop }
}
