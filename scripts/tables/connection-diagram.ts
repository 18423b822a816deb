import { edges, type Edge } from '../../packages/client/test/machine/edges.ts'

const order = ['idle', 'connecting', 'open', 'failing', 'waiting', 'closed']

/** The connection's states and what leads from one to the other, as a Mermaid diagram and a sentence. */
export function connectionDiagram(): string {
  const all = edges()
  const ends = all.filter(({ to }) => to === 'closed').map(({ inputs }) => inputs)
  const everywhere = (ends[0] ?? []).filter((input) => ends.every((inputs) => inputs.includes(input)))
  const lines = all
    .toSorted((a, b) => place(a) - place(b))
    .flatMap(({ from, to, inputs }) => {
      const own = inputs.filter((input) => !everywhere.includes(input))
      return own.length === 0 ? [] : [`  ${from} --> ${to}: ${own.join(', ')}`]
    })
  const diagram = ['```mermaid', 'stateDiagram-v2', '  [*] --> idle', ...lines, '  closed --> [*]', '```']
  return [
    ...diagram,
    '',
    `From every state, ${everywhere.map((input) => `\`${input}\``).join(', ')} lead to closed.`,
  ].join('\n')
}

function place({ from, to }: Edge): number {
  return order.indexOf(from) * order.length + order.indexOf(to)
}
