import type { NamedScenario } from '../library/named.ts'
import type { Scenario } from '../scenario/types.ts'

/** A page that lists scenarios with links to them; itself a scenario, as everything here. */
export function indexPage(library: readonly NamedScenario[]): Scenario {
  const items = library.map(
    ({ name, about, source }) =>
      `<dt><a href="/${name}">${name}</a></dt><dd>${escapeHtml(about)} <i>${escapeHtml(source)}</i></dd>`,
  )
  const page = `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Scenarios</title>
<style>:root{color-scheme:light dark}body{font:16px/1.5 system-ui;max-width:60rem;margin:2rem auto;padding:0 1rem}dd{margin:0 0 .6rem}i{opacity:.6}</style>
<h1>${library.length} scenarios</h1><dl>${items.join('\n')}</dl>
`
  return {
    replies: [
      {
        steps: [
          { type: 'headers', headers: { 'content-type': 'text/html; charset=utf-8' } },
          { type: 'text', text: page },
        ],
      },
    ],
  }
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"]/g, (char) => `&#${char.charCodeAt(0)};`)
}
