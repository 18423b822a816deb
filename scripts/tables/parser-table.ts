import { markdownTable } from './regions.ts'

/** A row of docs/results/parser.json: one workload in one runtime, and who took part. */
export interface ParserRow {
  readonly name: string
  readonly baseline: string
  readonly unit: 'ns' | 'B'
  /** A ratio, at least. */
  readonly must?: number
  /** A value, at most. */
  readonly most?: number
  readonly contestants: readonly {
    readonly contestant: string
    readonly value: Spread
    readonly ratio: Spread
  }[]
}

interface Spread {
  readonly median: number
  readonly low: number
  readonly high: number
}

/** What was asked of our parser, and what was found. */
export function parserTable(rows: readonly ParserRow[]): string {
  const cells = rows.flatMap(({ name, baseline, unit, must, most, contestants }) =>
    contestants
      .filter(({ contestant }) => contestant.startsWith('millrace'))
      .map(({ contestant, value, ratio }) => {
        const met = most === undefined ? ratio.median >= (must ?? 0) : value.median <= most
        const asked = most === undefined ? (must === undefined ? '' : `${must} ×`) : `at most ${most} ${unit}`
        const found = `${ratio.median.toFixed(2)} × (${ratio.low.toFixed(2)}–${ratio.high.toFixed(2)})`
        return [
          name,
          contestant,
          `${value.median.toFixed(0)} ${unit}`,
          baseline,
          asked,
          `${found}${met ? '' : ', missed'}`,
        ]
      }),
  )
  return markdownTable(['workload', 'of', 'an event', 'beside', 'asked', 'found (quartiles)'], cells)
}
