import type { Journal } from '../journal/journal.ts'

const COUNTS = ['requests', 'closed', 'aborted', 'bytes'] as const

/** The count in the query that is no number, if there is one. */
export function oddCountIn(query: URLSearchParams): string | undefined {
  return COUNTS.find((name) => !/^\d*$/.test(query.get(name) ?? ''))
}

/** What a request for records waits for: all that its query names. */
export function conditionOf(query: URLSearchParams): (journal: Journal) => boolean {
  const least = (name: (typeof COUNTS)[number]) => Number(query.get(name) ?? 0)
  const gate = query.get('gate')
  return (journal) =>
    journal.begun >= least('requests') &&
    journal.closed >= least('closed') &&
    journal.aborted >= least('aborted') &&
    journal.bytes >= least('bytes') &&
    (gate === null || journal.exchanges.some((exchange) => exchange.gate === gate))
}
