import { fetchEventStream, type Outcome, type StreamEvent, type StreamOptions } from '@millrace/client'
import { pick } from './pick.ts'
import { advance, cutsSurvived, start } from './progress.ts'
import { printable } from './screen/printable.ts'
import type { Screen } from './screen/screen.ts'

/** An answer that is over, whole or not. */
export interface Answered {
  readonly outcome: Outcome
  /** A body began, so there are figures worth showing. */
  readonly opened: boolean
  /** What came, in order: the event IDs of all pieces with text. */
  readonly ids: readonly string[]
  readonly cuts: number
  /** From the request to the first text, in ms. */
  readonly firstText: number | undefined
}

/** Asks, and shows the answer as it comes. It never rejects: what went wrong is in the outcome. */
export async function ask(
  url: string,
  options: StreamOptions<StreamEvent>,
  path: string | undefined,
  screen: Screen,
): Promise<Answered> {
  const asked = performance.now()
  const ids: string[] = []
  let firstText: number | undefined
  let lastEventId: string | undefined
  let progress = start

  // Without an ID to go on from, another request would have the same answer begin anew under what is shown.
  const when = () => (options.until !== undefined && lastEventId === '' ? false : undefined)
  const stream = fetchEventStream(url, {
    ...options,
    retry: { ...options.retry, when },
    observe: (seen) => {
      const next = advance(progress, seen)
      if (next.phrase !== progress.phrase) screen.status(printable(next.phrase))
      progress = next
    },
  })
  try {
    for await (const event of stream) {
      lastEventId = event.lastEventId
      const text = printable(pick(event.data, path))
      if (text === '') continue
      firstText ??= performance.now() - asked
      ids.push(event.lastEventId)
      screen.write(path === undefined ? `${text}\n` : text)
    }
  } catch {
    // The same error is in the outcome.
  }
  screen.finish()
  return {
    outcome: await stream.outcome,
    opened: progress.openings > 0,
    ids,
    cuts: cutsSurvived(progress),
    firstText,
  }
}
