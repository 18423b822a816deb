import process from 'node:process'
import { parseArgs } from 'node:util'

export interface Arguments {
  readonly rounds: number
  readonly events: number
  /** Part of the name of what is measured; empty: all of it. */
  readonly only: string
  /** The figures go to docs/results. */
  readonly keep: boolean
}

/** `--rounds 9`, `--events 100000` (where a flood is measured), `--only name`, `--record`. */
export function argumentsOf(defaults: Partial<Pick<Arguments, 'rounds' | 'events'>>): Arguments {
  const { values } = parseArgs({
    args: process.argv.slice(2),
    options: {
      rounds: { type: 'string', default: String(defaults.rounds) },
      events: { type: 'string', default: String(defaults.events) },
      only: { type: 'string', default: '' },
      record: { type: 'boolean', default: false },
    },
  })
  const { rounds, events, only, record } = values
  return { rounds: Number(rounds), events: Number(events), only, keep: record }
}
