import { breaking } from './breaking.ts'
import { chatCutNamed } from './chat-cut.ts'
import { classics } from './classics.ts'
import { ids } from './ids.ts'
import { limits } from './limits.ts'
import { logs } from './logs.ts'
import type { NamedScenario } from './named.ts'
import { parsing } from './parsing.ts'
import { protocols } from './protocols.ts'
import { replies } from './replies.ts'
import { retries } from './retries.ts'

/** Every named scenario, by group. */
export const groups: Readonly<Record<string, readonly NamedScenario[]>> = {
  classics,
  parsing,
  breaking,
  ids,
  logs,
  retries,
  replies,
  limits,
  protocols: [...protocols, chatCutNamed],
}

/** Every named scenario. */
export const library: readonly NamedScenario[] = Object.values(groups).flat()

/**
 * A scenario of the library.
 *
 * @example
 * const server = await serve(named('chat-cut').scenario)
 * @throws {RangeError} when there is none of that name
 */
export function named(name: string): NamedScenario {
  const found = library.find((scenario) => scenario.name === name)
  if (found === undefined) throw new RangeError(`No scenario is named ${JSON.stringify(name)}.`)
  return found
}
