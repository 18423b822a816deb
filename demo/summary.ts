import type { Answered } from './ask.ts'
import type { Tally } from './tally.ts'

/** The figures under an answer, after an empty line. What was sent is known only of a server of our own. */
export function summary(answered: Answered, tally: Tally | undefined): string[] {
  const { outcome, opened, ids, cuts, firstText } = answered
  if (!opened) return []
  const rows: readonly (readonly [string, string | number])[] = [
    ...(tally
      ? ([
          ['tokens sent', tally.sent],
          ['tokens received', tally.received],
          ['lost', tally.lost],
          ['duplicated', tally.duplicated],
        ] as const)
      : ([['pieces received', ids.length]] as const)),
    ['cuts survived', cuts],
    ['time to the first token', firstText === undefined ? 'none came' : `${firstText.toFixed(0)} ms`],
    ['outcome', outcome.type],
  ]
  return ['', ...rows.map(([name, value]) => `${name.padEnd(24)} ${value}`)]
}
