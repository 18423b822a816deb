'use client'
import { useInsertionEffect, useRef, useState } from 'react'

/** The value of the last render that was committed, for callbacks: looking it up makes no dependency of it. */
export function useLatest<T>(value: T): () => T {
  const ref = useRef(value)
  const [read] = useState(() => () => ref.current)
  useInsertionEffect(() => {
    ref.current = value
  })
  return read
}
