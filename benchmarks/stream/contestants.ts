/** Iterates over the events of a URL, so many of them; gives the characters of their data. */
export type Iterate = (url: string, events: number) => Promise<number>

/** Loaded one at a time: a process measures one contestant and compiles nothing of the others. */
export const contestants: Readonly<Record<string, () => Promise<Iterate>>> = {
  async fetchEventStream() {
    const { fetchEventStream } = await import('@millrace/client')
    return async (url, events) => {
      let characters = 0
      let left = events
      for await (const { data } of fetchEventStream(url)) {
        characters += data.length
        if (--left === 0) break
      }
      return characters
    }
  },

  async 'fetchEventStream, batches()'() {
    const { fetchEventStream } = await import('@millrace/client')
    return async (url, events) => {
      let characters = 0
      let left = events
      for await (const batch of fetchEventStream(url).batches()) {
        for (const { data } of batch) characters += data.length
        left -= batch.length
        if (left <= 0) break
      }
      return characters
    }
  },

  async 'eventsource-client, iterator'() {
    const { createEventSource } = await import('eventsource-client')
    return async (url, events) => {
      let characters = 0
      let left = events
      for await (const { data } of createEventSource(url)) {
        characters += data.length
        if (--left === 0) break
      }
      return characters
    }
  },

  /** What one writes by hand: no retries, no idea whether the answer is complete. */
  async 'fetch and eventsource-parser by hand'() {
    const { createParser } = await import('eventsource-parser')
    return async (url, _events) => {
      let characters = 0
      const parser = createParser({ onEvent: ({ data }) => void (characters += data.length) })
      const { body } = await fetch(url)
      if (body === null) throw new TypeError('No body')
      const reader = body.getReader()
      const decoder = new TextDecoder()
      for (let read = await reader.read(); !read.done; read = await reader.read()) {
        parser.feed(decoder.decode(read.value, { stream: true }))
      }
      return characters
    }
  },
}
