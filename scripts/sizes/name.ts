import type { Imports, SizeGoal } from './goals.ts'

/** `collect + openaiChat, on top of fetchEventStream`. */
export const nameOf = ({ imports, above }: SizeGoal): string =>
  above === undefined ? namesOf(imports) : `${namesOf(imports)}, on top of ${namesOf(above)}`

/** Bindings have one name for each framework: the module says which. */
function namesOf(imports: Imports): string {
  return Object.entries(imports)
    .map(
      ([from, names]) => names.join(' + ') + (/react|vue/.exec(from)?.[0] ?? '').replace(/^(?=.)/, ' for '),
    )
    .join(' + ')
}
