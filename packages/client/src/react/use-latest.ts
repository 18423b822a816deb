import { useInsertionEffect, useRef, useState } from 'react'

/** Reads the value of the last committed render, for callbacks: reading it makes it no dependency. */
export function useLatest<T>(value: T): () => T {
  const ref = useRef(value)
  const [read] = useState(() => () => ref.current)
  useInsertionEffect(() => {
    ref.current = value
  })
  return read
}
