import type { NamedScenario } from '@millrace/test-server'
import type { Verdict } from '../../test/faults/trial.ts'

/** One case and how each client did. */
export interface Row {
  readonly named: NamedScenario
  readonly verdicts: readonly Verdict[]
}

/** The chart as Markdown: a table, then why each failed. */
export function chartOf(clients: readonly string[], rows: readonly Row[], date: Date): string {
  const marks = rows.map(({ named, verdicts }) => [named.name, ...verdicts.map(markOf)])
  const counts = clients.map((_, index) => {
    const done = rows.map(({ verdicts }) => verdicts[index]?.type)
    const ran = done.filter((type) => type !== 'skip').length
    return `${done.filter((type) => type === 'pass').length} of ${ran}`
  })
  return [
    '# Other clients on the named scenarios',
    '',
    `Run on ${date.toISOString().slice(0, 10)} with \`pnpm rivals\` on Node ${process.versions.node}, over real sockets on loopback; a case counts as failed when it fails twice, the second time alone in a process. Cases that need an option of ours, or an answer over POST, are left out; \`–\` is a case that a client cannot take part in.`,
    '',
    'What is asked is what the scenario says a client should see: the events in order, the Last-Event-ID of each request, no request too much or too soon, closed or open at the end, and no connection left after closing. Where the standard leaves room (`retry: 0`, `retry` beyond a timer), the safe choice counts as right; the table of the scenarios says why.',
    '',
    tableOf([['case', ...clients], ...marks, ['**passed**', ...counts]]),
    '',
    '## Why',
    '',
    ...clients.flatMap((client, index) => whyOf(client, rows, index)),
  ].join('\n')
}

function markOf(verdict: Verdict): string {
  return { pass: '✓', fail: '**✗**', skip: '–' }[verdict.type]
}

function tableOf([head = [], ...rows]: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}

function whyOf(client: string, rows: readonly Row[], index: number): readonly string[] {
  const failed = rows.flatMap(({ named, verdicts }) => {
    const verdict = verdicts[index]
    return verdict?.type === 'fail' ? [`- ${named.name}: ${inline(verdict.why.join('; '))}`] : []
  })
  return failed.length === 0 ? [] : [`### ${client}`, '', ...failed, '']
}

/** Text of a client may hold anything that Markdown would read. */
function inline(text: string): string {
  return text.replace(/[\\`*_<>[\]|]/g, '\\$&').replace(/\s+/g, ' ')
}
