import { delimiter, join } from 'node:path'
import type { Machine, Need } from './need.ts'

export type Found =
  | { readonly type: 'found'; readonly path: string }
  | { readonly type: 'missing' }
  /** The variable is set but names no such program: going on with another one would hide the mistake. */
  | { readonly type: 'misnamed'; readonly variable: string; readonly path: string }

/** Looks in the environment variable, in PATH, in the usual places, and where a download would have put it. */
export function find(need: Need, machine: Machine): Found {
  const named = machine.variables[need.variable]
  const isThere = (path: string): boolean =>
    machine.isExecutable(path) && (!need.probe || machine.answers(path, need.probe))
  if (named) {
    return isThere(named)
      ? { type: 'found', path: named }
      : { type: 'misnamed', variable: need.variable, path: named }
  }
  for (const path of candidates(need, machine)) {
    if (isThere(path)) return { type: 'found', path }
  }
  return { type: 'missing' }
}

/** One after the other: to know where a download would be, its tool has to be loaded. */
function* candidates({ commands, paths, download }: Need, { variables }: Machine): Generator<string> {
  const folders = (variables['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '')
  for (const command of commands) yield* folders.map((folder) => join(folder, command))
  yield* paths
  if (download) yield download.path()
}
