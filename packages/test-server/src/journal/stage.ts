import { assertScenario } from '../scenario/parse.ts'
import type { Ending, Scenario } from '../scenario/types.ts'
import { Channels } from './channels.ts'
import { Gates } from './gates.ts'
import { Journal, type JournalOptions } from './journal.ts'

/** A scenario being played: its data, its records, and what a test can work while it runs. Every transport plays on one. */
export interface Stage {
  readonly scenario: Scenario
  readonly journal: Journal
  readonly gates: Gates
  readonly channels: Channels
  /** Ways to end each exchange that is open. */
  readonly live: Set<(by: Ending) => void>
}

interface Staging extends JournalOptions {
  /** What the place of a mistake begins with. @default 'scenario' */
  readonly at?: string | undefined
}

/** @throws {TypeError} naming the place, when the scenario is none */
export function stageOf(scenario: Scenario, { at, ...options }: Staging = {}): Stage {
  assertScenario(scenario, at)
  return {
    scenario,
    journal: new Journal(options),
    gates: new Gates(),
    channels: new Channels(),
    live: new Set(),
  }
}
