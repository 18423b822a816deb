import type { Observation } from '@millrace/client'

/** What is known of an answer on its way, made of what the client lets us see. */
export interface Progress {
  /** One quiet line. */
  readonly phrase: string
  readonly lastEventId: string
  /** Connections that got as far as a body. */
  readonly openings: number
}

export const start: Progress = { phrase: '', lastEventId: '', openings: 0 }

export function advance(progress: Progress, seen: Observation): Progress {
  switch (seen.type) {
    case 'attempt':
      return { ...progress, phrase: 'connecting' }
    case 'open':
      return { ...progress, phrase: openPhrase(progress), openings: progress.openings + 1 }
    case 'id':
      return { ...progress, lastEventId: seen.id }
    case 'scheduled':
      return { ...progress, phrase: `waiting ${(seen.delay / 1000).toFixed(1)} s` }
    case 'close':
      return { ...progress, phrase: '' }
    default:
      return progress
  }
}

function openPhrase({ openings, lastEventId }: Progress): string {
  if (openings === 0) return 'open'
  return lastEventId === '' ? 'open again' : `resumed at id ${lastEventId}`
}

/** Times that the answer broke off and went on. */
export const cutsSurvived = ({ openings }: Progress): number => Math.max(0, openings - 1)
