import type { EventFields, Reply, Scenario, Step } from './types.ts'

/**
 * A scenario of one reply after another: the first list of steps answers the first request, the last list
 * answers every later one too.
 *
 * @example scenario([{ type: 'event', data: 'a', id: '1' }, { type: 'reset' }], [{ type: 'event', data: 'b' }])
 */
export function scenario(...lists: readonly (readonly Step[])[]): Scenario {
  const last = lists.length - 1
  return {
    replies: lists.map((steps, index) =>
      index === last ? { steps } : { on: { request: index + 1 }, steps },
    ),
  }
}

/**
 * A scenario whose replies are chosen by conditions, with the log that its `replay` steps send.
 *
 * @example
 * const log = [{ id: '1', data: 'a' }, { id: '2', data: 'b' }]
 * scenarioOf([{ on: { method: 'GET' }, steps: [{ type: 'replay' }, { type: 'hang' }] }], log)
 */
export function scenarioOf(replies: readonly Reply[], log: readonly EventFields[] = []): Scenario {
  return { log, replies }
}
