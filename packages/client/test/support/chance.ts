import { randomFrom, type Random } from '../../../../test/support/random.ts'

/** Dice with a seed: the same seed gives the same throws. */
export class Chance {
  readonly #random: Random

  constructor(seed: number) {
    this.#random = randomFrom(seed)
  }

  /** In [0, 1). */
  next(): number {
    return this.#random()
  }

  happens(probability: number): boolean {
    return this.next() < probability
  }

  /** A whole number in [from, to]. */
  between(from: number, to: number): number {
    return from + Math.floor(this.next() * (to - from + 1))
  }

  pick<T>(choices: readonly [T, ...T[]]): T {
    return choices[this.between(0, choices.length - 1)] ?? choices[0]
  }
}
