interface Link<T> {
  readonly item: T
  next: Link<T> | null
}

/** First in, first out. No array: taking the first of 16,000 moves all the others, 20 µs each time. */
export class Fifo<T> {
  #first: Link<T> | null = null
  #last: Link<T> | null = null
  #length = 0

  get length(): number {
    return this.#length
  }

  push(item: T): void {
    const link = { item, next: null }
    if (this.#last === null) this.#first = link
    else this.#last.next = link
    this.#last = link
    this.#length++
  }

  shift(): T | undefined {
    const first = this.#first
    if (first === null) return undefined
    this.#first = first.next
    if (first.next === null) this.#last = null
    this.#length--
    return first.item
  }

  clear(): void {
    this.#first = null
    this.#last = null
    this.#length = 0
  }
}
