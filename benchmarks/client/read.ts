/** Reads an event stream until so many events, or all its bytes, have come; then lets go. Tells of the first. */
export type Read = (url: string, events: number, first?: () => void) => Promise<void>

interface ClassLike {
  addEventListener(type: 'message', listener: (event: { data: string }) => void): void
  close(): void
}

/** Every event is looked at: its data is the point of it. */
export function ofClass(make: (url: string) => ClassLike): Read {
  return (url, events, first) =>
    new Promise((resolve) => {
      const source = make(url)
      let left = events
      let characters = 0
      source.addEventListener('message', ({ data }) => {
        if (characters === 0) first?.()
        characters += data.length
        if (--left > 0) return
        source.close()
        if (characters === 0) throw new RangeError('The events were empty')
        resolve()
      })
    })
}

/** The same of a stream that is iterated over. */
export function iterating(open: (url: string) => AsyncIterable<{ readonly data: string }>): Read {
  return async (url, events, first) => {
    let left = events
    let characters = 0
    for await (const { data } of open(url)) {
      if (characters === 0) first?.()
      characters += data.length
      if (--left === 0) break
    }
    if (left > 0 || characters === 0) throw new RangeError('Not every event was read')
  }
}

/** What a client on fetch can reach at most: the bytes are read and nothing is made of them. */
export const bareFetch: Read = async (url, events, first) => {
  const { body } = await fetch(url)
  if (body === null) throw new TypeError('No body')
  const reader = body.getReader()
  // One read of an idle connection is its event, as one event is for the others.
  const one = url.endsWith('/idle')
  for (let reads = 0; !(await reader.read()).done; reads++) {
    if (reads === 0) first?.()
    if (one && events === 1) return
  }
}
