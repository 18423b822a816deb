import type { NamedScenario } from '@millrace/test-server'
import type { Verdict } from '../../test/faults/trial.ts'
import type { Results } from './client-results.ts'

/** The chart as Markdown: a table, then why each failed. */
export function chartOf(results: Results, cases: readonly NamedScenario[]): string {
  const clients = Object.keys(results)
  const verdict = (client: string, name: string): Verdict =>
    results[client]?.verdicts[name] ?? { type: 'skip', why: 'not run' }
  const rows = cases.map(({ name }) => [name, ...clients.map((client) => markOf(verdict(client, name)))])
  const counts = clients.map((client) => {
    const ran = cases.map(({ name }) => verdict(client, name).type).filter((type) => type !== 'skip')
    return `${ran.filter((type) => type === 'pass').length} of ${ran.length}`
  })
  return [
    '# Other clients on the named scenarios',
    '',
    'Made by `pnpm rivals` (all of them) or `pnpm rivals undici` (one), over real sockets on loopback. Cases that need an option of ours, or an answer over POST, are left out; `–` is a case that a client cannot take part in.',
    '',
    'A client passes a case when it does what the scenario says: the events in order, the right Last-Event-ID in each request, no request too many or too soon, closed or open at the end, and no connection left after closing. Where the standard leaves room (`retry: 0`, `retry` beyond a timer, an id of 9000 characters, headers on a redirect), the safe choice counts as right; `millrace-test-server --list` says why. A case that fails because something came too late is run once more, alone.',
    '',
    tableOf([['case', ...clients], ...rows, ['**passed**', ...counts]]),
    '',
    tableOf([
      ['client', 'package', 'run on', 'Node'],
      ...Object.entries(results).map(([client, { package: name, date, node }]) => [client, name, date, node]),
    ]),
    '',
    '## Why',
    '',
    ...clients.flatMap((client) => whyOf(client, cases, verdict)),
  ].join('\n')
}

function markOf({ type }: Verdict): string {
  return { pass: '✓', fail: '**✗**', skip: '–' }[type]
}

function tableOf([head = [], ...rows]: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}

function whyOf(
  client: string,
  cases: readonly NamedScenario[],
  verdict: (client: string, name: string) => Verdict,
): readonly string[] {
  const failed = cases.flatMap(({ name }) => {
    const found = verdict(client, name)
    return found.type === 'fail' ? [`- ${name}: ${inline(found.why.join('; '))}`] : []
  })
  return failed.length === 0 ? [] : [`### ${client}`, '', ...failed, '']
}

/** Text of a client may hold anything that Markdown would read. */
function inline(text: string): string {
  return text.replace(/[\\`*_<>[\]|]/g, '\\$&').replace(/\s+/g, ' ')
}
