import { delimiter, join } from 'node:path'
import type { Machine, Need } from './need.ts'

export type Found =
  | { readonly type: 'found'; readonly path: string }
  | { readonly type: 'missing' }
  /** The variable is set but names no program: going on with another one would hide the mistake. */
  | { readonly type: 'misnamed'; readonly variable: string; readonly path: string }

/** Looks in the environment variable, in PATH, in the usual places, and where a download would have put it. */
export function find(need: Need, machine: Machine): Found {
  const named = machine.variables[need.variable]
  if (named) {
    return machine.isExecutable(named)
      ? { type: 'found', path: named }
      : { type: 'misnamed', variable: need.variable, path: named }
  }
  const folders = (machine.variables['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '')
  const candidates = [
    ...need.commands.flatMap((command) => folders.map((folder) => join(folder, command))),
    ...need.paths,
    ...(need.download ? [need.download.path()] : []),
  ]
  const path = candidates.find((candidate) => machine.isExecutable(candidate))
  return path === undefined ? { type: 'missing' } : { type: 'found', path }
}
