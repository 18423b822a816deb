import { fetchEventStream } from '@millrace/client'
import type { Read } from '../read.ts'

export const read: Read = async (url, events) => {
  let left = events
  let characters = 0
  for await (const batch of fetchEventStream(url).batches()) {
    for (const { data } of batch) characters += data.length
    left -= batch.length
    if (left <= 0) break
  }
  if (left > 0 || characters === 0) throw new RangeError('Not every event was read')
}
