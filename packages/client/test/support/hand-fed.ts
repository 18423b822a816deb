interface HandFed {
  readonly body: ReadableStream<Uint8Array>
  /** What became of the body. */
  readonly told: string[]
  write(text: string): void
}

/** A body that the test feeds by hand, and what became of it. */
export function handFed(): HandFed {
  const told: string[] = []
  let controller: ReadableStreamDefaultController<Uint8Array> | undefined
  const body = new ReadableStream<Uint8Array>({
    start: (given) => {
      controller = given
    },
    cancel: () => void told.push('cancelled'),
  })
  return { body, told, write: (text) => controller?.enqueue(new TextEncoder().encode(text)) }
}
