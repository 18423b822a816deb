/**
 * Parts of a document that a script writes, each between two marks:
 *
 *     <!-- table: sizes -->
 *     …
 *     <!-- /table -->
 */
const region = /(<!-- table: (\w+) -->\n)([\s\S]*?)(<!-- \/table -->)/g

/** A table as Markdown. It sees what stands there now, so that it can leave a figure that still holds. */
export type MakeTable = (current: string) => string

/** The document with every part made anew. */
export function rewritten(document: string, tables: Readonly<Record<string, MakeTable>>): string {
  return document.replaceAll(region, (_, start: string, name: string, current: string, end: string) => {
    const make = tables[name]
    if (make === undefined) throw new RangeError(`No script makes a table named ${name}`)
    return `${start}\n${make(current.trim())}\n\n${end}`
  })
}

/** A Markdown table, padded as the formatter would. */
export function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const escaped = rows.map((row) => row.map((cell) => cell.replaceAll('|', String.raw`\|`)))
  const widths = head.map((cell, column) =>
    Math.max(...[head, ...escaped].map((row) => (row[column] ?? '').length), cell.length, 3),
  )
  const line = (row: readonly string[]) =>
    `| ${widths.map((width, i) => (row[i] ?? '').padEnd(width)).join(' | ')} |`
  return [head, widths.map((width) => '-'.repeat(width)), ...escaped].map(line).join('\n')
}
