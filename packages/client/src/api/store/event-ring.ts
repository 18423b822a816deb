/** The last `limit` items, oldest first. Adding costs the same however long the history is. */
export class EventRing<Item> {
  readonly #limit: number
  #items: Item[] = []
  #view: readonly Item[] | null = []

  constructor(limit: number) {
    this.#limit = limit
  }

  /** An array that no later `add` changes; the same one as long as nothing was added. */
  get items(): readonly Item[] {
    this.#view ??= this.#items.slice(-this.#limit)
    return this.#view
  }

  add(item: Item): void {
    if (this.#limit === 0) return
    this.#items.push(item)
    this.#view = null
    // Dropping one at a time would move the whole array for each event of a burst.
    if (this.#items.length >= 2 * this.#limit) this.#items = this.#items.slice(-this.#limit)
  }

  clear(): void {
    this.#items = []
    this.#view = []
  }
}
