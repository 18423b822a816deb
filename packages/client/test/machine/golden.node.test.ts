import { expect, test } from 'vitest'
import { renderTable } from './render.ts'

const head = `Every state × every input of the connection, made by \`pnpm golden\` from core/transition.ts and read
line by line: a change of behaviour is a change of this file.

An arrow leads to the next state; * a new epoch: results of the old one are dropped. Then what changes in the
ledger, then the effects. Before the arrow the policies it holds for (all, where none is named), with the
defaults, chance at 0.5: \`class\` is EventSource in a page, where CORS may refuse; the others are as in Node. \`nothing\`
names the inputs that change nothing.

`

test('the golden table is what the connection does', async () => {
  await expect(head + renderTable()).toMatchFileSnapshot('./table.txt')
})
