import type { Scenario, Step } from './types.ts'

/** What a test works by name while a scenario is played. */
export type Named = 'gate' | 'channel'

/** @throws {RangeError} with the names there are, when the scenario has no gate, or channel, of that name */
export function assertNamed(scenario: Scenario, kind: Named, name: string): void {
  const names = new Set(scenario.replies.flatMap(({ steps }) => namesIn(steps, kind)))
  if (names.has(name)) return
  const there = names.size === 0 ? 'none' : Array.from(names, (known) => JSON.stringify(known)).join(', ')
  throw new RangeError(`The scenario has no ${kind} ${JSON.stringify(name)}; it has ${there}.`)
}

function namesIn(steps: readonly Step[], kind: Named): readonly string[] {
  return steps.flatMap((step) => {
    if (step.type === 'repeat') return namesIn(step.steps, kind)
    if (step.type === 'cut' && kind === 'gate') return step.gate ?? []
    return (step.type === 'gate' || step.type === 'channel') && step.type === kind ? step.name : []
  })
}
