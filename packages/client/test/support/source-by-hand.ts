import type { StoreLink, StreamEvent } from '@millrace/client'
import { virtualTime } from '@millrace/client/testing'

interface Run {
  readonly link: StoreLink
  /** Hands over one read: an event for each text, with the ID `id-` and the text. */
  give(...data: readonly string[]): Promise<void>
}

interface SourceByHand {
  readonly runs: readonly Run[]
  readonly source: (
    variables: void,
    link: StoreLink,
  ) => { batches(): AsyncIterable<readonly StreamEvent<string>[]>; [Symbol.asyncIterator](): never }
}

/** A source of a store whose reads are handed over by the test. */
export function byHand(): SourceByHand {
  const runs: Run[] = []
  const source: SourceByHand['source'] = (_, link) => {
    let wake = () => {}
    const queue: (readonly StreamEvent<string>[])[] = []
    async function* batches() {
      for (;;) {
        for (let batch = queue.shift(); batch !== undefined; batch = queue.shift()) yield batch
        await new Promise<void>((resolve) => (wake = resolve))
      }
    }
    runs.push({
      link,
      give: async (...data) => {
        queue.push(
          data.map((text) => ({ type: 'message', data: text, raw: text, lastEventId: `id-${text}` })),
        )
        wake()
        await settled()
      },
    })
    return { batches, [Symbol.asyncIterator]: never }
  }
  return { source, runs }
}

function never(): never {
  throw new TypeError('The store reads by batches where there are any')
}

/** Every promise that was ready has run. */
export function settled(): Promise<void> {
  return virtualTime().advance(0)
}
