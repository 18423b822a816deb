import { fetchEventStream, type Outcome } from '@millrace/client'
import { full } from '../../../../test/support/full.ts'
import type { Answer } from './answers.ts'

/** Sizes to cut an answer at: some event borders with the bytes beside them, and some between. */
export function sampleOf({ borders, fixture }: Answer): number[] {
  const every = full ? 1 : Math.ceil(borders.length / 2)
  const steps = full ? 10 : 4
  const between = Array.from({ length: steps }, (_, step) =>
    Math.floor((fixture.bytes.length * step) / steps),
  )
  return sizesOf(fixture.bytes, [
    ...borders.filter((_, index) => index % every === 0).flatMap(beside),
    ...between,
    fixture.bytes.length,
  ])
}

/** Every size; beside a developer each border with the bytes beside it, and every twentieth, others each time. */
export function sweepOf({ borders, fixture }: Answer): number[] {
  const every = full ? 1 : 20
  const first = Math.floor(Math.random() * every)
  const { bytes } = fixture
  const swept = Array.from({ length: Math.ceil(bytes.length / every) }, (_, step) => first + step * every)
  return sizesOf(bytes, [0, ...swept, ...borders.flatMap(beside), bytes.length])
}

/** A border and the bytes beside it. */
export const beside = (border: number): number[] => [border - 1, border, border + 1]

/** Each of these once, as far as there are so many bytes. */
function sizesOf(bytes: Uint8Array, sizes: readonly number[]): number[] {
  return [...new Set(sizes)].filter((size) => size >= 0 && size <= bytes.length)
}

export interface Read {
  readonly events: readonly { type: string; data: string }[]
  readonly outcome: Outcome
  /** The code of what iteration threw, or null when it ended. */
  readonly thrown: string | null
}

/** Reads an answer to its end, whatever that is. */
export async function readAnswer(
  answer: Answer,
  url: string,
  options: { readonly fetch?: typeof fetch; readonly onEvent?: (count: number) => void } = {},
): Promise<Read> {
  const { onEvent, ...given } = options
  const stream = fetchEventStream(url, { ...answer.options, ...given, json: {}, retry: false })
  const events: { type: string; data: string }[] = []
  let thrown: string | null = null
  try {
    for await (const { type, data } of stream) {
      events.push({ type, data })
      onEvent?.(events.length)
    }
  } catch (error) {
    thrown = error instanceof Error && 'code' in error ? String(error.code) : String(error)
  }
  return { events, outcome: await stream.outcome, thrown }
}

/** A fetch whose reply is these bytes in pieces of `size`, after a `first` one, then a clean end or a broken body. */
export function fetchOf(
  bytes: Uint8Array,
  ending: 'clean' | 'broken',
  size: number = bytes.length,
  first: number = size,
): typeof fetch {
  return async () => {
    let at = 0
    const body = new ReadableStream<Uint8Array>(
      {
        pull(controller) {
          if (at < bytes.length) controller.enqueue(bytes.slice(at, (at += at === 0 ? first : size)))
          else if (ending === 'clean') controller.close()
          else controller.error(new TypeError('terminated'))
        },
      },
      { highWaterMark: 0 },
    )
    return new Response(body, { headers: { 'content-type': 'text/event-stream' } })
  }
}
