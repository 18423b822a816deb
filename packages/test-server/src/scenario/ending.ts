import type { Ending } from './types.ts'

const ENDINGS: readonly unknown[] = ['end', 'reset', 'fin'] satisfies readonly Ending[]

/** Whether it is a way for a body to end. */
export function isEnding(value: unknown): value is Ending {
  return ENDINGS.includes(value)
}
