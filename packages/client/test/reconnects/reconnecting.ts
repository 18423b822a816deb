import { EventSource, type EventSourceInit } from '@millrace/client'

export interface Reconnecting {
  readonly source: EventSource
  /** So many times, each time after the first message. */
  readonly reconnect: (times: number) => Promise<void>
}

/** A source that can be made to reconnect. */
export function reconnecting(url: string, init: EventSourceInit): Reconnecting {
  const source = new EventSource(url, init)
  let opened: () => void = () => {}
  source.addEventListener('message', () => opened())
  const reconnect = async (times: number) => {
    for (let n = 0; n < times; n++) {
      const opening = new Promise<void>((resolve) => {
        opened = resolve
      })
      source.reconnect()
      await opening
    }
  }
  return { source, reconnect }
}
