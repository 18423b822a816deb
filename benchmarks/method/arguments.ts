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

/** `[rounds] [events] [--only name] [--record]` */
export function argumentsOf(defaults: Pick<Arguments, 'rounds' | 'events'>): Arguments {
  const { positionals, values } = parseArgs({
    args: process.argv.slice(2),
    allowPositionals: true,
    options: { only: { type: 'string', default: '' }, record: { type: 'boolean', default: false } },
  })
  const [rounds = defaults.rounds, events = defaults.events] = positionals.map(Number)
  return { rounds, events, only: values.only, keep: values.record }
}
