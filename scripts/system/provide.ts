import { find } from './find.ts'
import type { Machine, Need } from './need.ts'
import { lineToGet, waysToGet, type Way } from './ways.ts'

export type Provided =
  | { readonly type: 'provided'; readonly path: string }
  | { readonly type: 'refused'; readonly message: string }

/** Finds what is needed, or gets it where that is allowed, or says in one line how to get it. */
export function provide(need: Need, machine: Machine, runCommand: RunCommand): Provided {
  const found = find(need, machine)
  if (found.type === 'found') return { type: 'provided', path: found.path }
  if (found.type === 'misnamed') {
    return { type: 'refused', message: `${found.variable} is ${found.path}, which is not ${need.name}.` }
  }
  for (const way of waysToGet(need, machine)) {
    if (!succeeds(way, runCommand)) continue
    const now = find(need, machine)
    if (now.type === 'found') return { type: 'provided', path: now.path }
  }
  return { type: 'refused', message: `The tests need ${need.name}. Get it: ${lineToGet(need, machine)}` }
}

/** Runs a command where the user sees it; true when it succeeded. */
export type RunCommand = (command: string, args: readonly string[]) => boolean

const succeeds = (way: Way, runCommand: RunCommand): boolean =>
  way.every(([command, ...args]) => runCommand(command, args))
