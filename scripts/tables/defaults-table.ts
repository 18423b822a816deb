import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { defaults } from '../../packages/client/src/api/options.ts'
import { root } from '../root.ts'
import { optionDocs } from './option-docs.ts'
import { quantity, type Unit } from './quantity.ts'
import { markdownTable } from './regions.ts'

const groups = [
  { name: 'retry', type: 'RetryOptions', unit: 'ms' },
  { name: 'timeouts', type: 'TimeoutOptions', unit: 'ms' },
  { name: 'limits', type: 'LimitOptions', unit: 'bytes' },
] as const

const units: Readonly<Record<string, Unit>> = { factor: 'times', jitter: 'share', maxAttempts: 'times' }

/** Every option that has a default, from the one table of defaults and the comments on the options. */
export function defaultsTable(): string {
  const source = readFileSync(join(root, 'packages/client/src/api/options.ts'), 'utf8')
  const rows = groups.flatMap((group) => {
    const values: Readonly<Record<string, unknown>> = { ...defaults[group.name] }
    return optionDocs(source, group.type)
      .filter(({ name }) => name in values)
      .map(({ name, text }) => [
        `\`${group.name}.${name}\``,
        defaultOf(values[name], units[name] ?? group.unit) + exceptions(group.name, name),
        text,
      ])
  })
  return markdownTable(['option', 'default', 'what it is'], rows)
}

/** One value, or one for each method. */
function defaultOf(value: unknown, unit: Unit): string {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return quantity(value, unit)
  return Object.entries(value)
    .map(([method, one]) => `${method === 'other' ? 'else' : method.toUpperCase()} ${quantity(one, unit)}`)
    .join(', ')
}

/** Where the class, or an answer over POST has a default of its own. */
function exceptions(group: string, name: string): string {
  if (group !== 'retry') return ''
  const { eventSourceRetry, answerRetry } = defaults
  const values: Readonly<Record<string, unknown>> = { ...eventSourceRetry, ...answerRetry }
  if (!(name in values)) return ''
  const value = quantity(values[name], units[name] ?? 'ms')
  return name in eventSourceRetry ? ` (class: ${value})` : ` (POST: ${value})`
}
