import type { Machine, Need } from './need.ts'

export type Command = readonly [program: string, ...args: string[]]
/** Commands that together bring what is missing; the next way is tried when one of them fails. */
export type Way = readonly Command[]

/** The ways that are allowed on this machine, best first: the system's own package, then a download. */
export function waysToGet(need: Need, machine: Machine): Way[] {
  const asRoot = machine.isDebian ? machine.asRoot() : undefined
  return [
    ...(asRoot ? [fromDebian(need).map((command) => prefixed(asRoot, command))] : []),
    ...(need.download ? [[need.download.command]] : []),
  ]
}

/** The one line that a person has to run. */
export function lineToGet(need: Need, machine: Machine): string {
  const commands =
    machine.isDebian || !need.download
      ? fromDebian(need).map((command) => prefixed(machine.asRoot() ?? ['sudo'], command))
      : [prefixed(['npx', '-y', 'pnpm@12', 'exec'], need.download.command)]
  return commands.map((command) => command.join(' ')).join(' && ')
}

const fromDebian = (need: Need): Way => [
  ['apt-get', 'update', '-q'],
  ['apt-get', 'install', '-q', '-y', '--no-install-recommends', need.debianPackage],
]

function prefixed(prefix: readonly string[], command: Command): Command {
  const [first, ...rest] = prefix
  return first === undefined ? command : [first, ...rest, ...command]
}
