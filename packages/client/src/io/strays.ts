/** How many characters are kept, at most, of what may be bare JSON. */
const longest = 16_384
/** How often they are tried as JSON, at most: half a megabyte of lone brackets would take half a minute. */
const mostLooks = 64

/** A JSON value between the events, and its text. */
export interface Stray {
  readonly value: unknown
  readonly text: string
}

/**
 * Lines that are no field of an event. Some servers (Gemini) put an error into a stream as bare JSON, on one line or
 * on many. By the standard these lines are ignored, so the answer would look whole.
 */
export class Strays {
  #text = ''
  #looks = 0

  /** The first line that opened something like JSON; empty if there was none. */
  get firstLine(): string {
    return this.#text.split('\n', 1)[0] ?? ''
  }

  /** Takes one line; gives the JSON value that it completes. */
  add(line: string): Stray | null {
    if (this.#text === '' && !/^\s*[[{]/.test(line)) return null
    if (this.#text.length < longest) this.#text += `${line}\n`
    // Only a line that closes something can complete the value: parsing at every line would be quadratic.
    if (!/[\]}]\s*$/.test(line) || this.#looks === mostLooks) return null
    this.#looks++
    try {
      return { value: JSON.parse(this.#text), text: this.#text }
    } catch {
      return null
    }
  }
}
