import type { Locator } from 'playwright'
import { vi } from 'vitest'

/** The numbers that a part of a page shows, once there are more than `atLeast`. */
export function numbersIn(part: Locator, atLeast: number): Promise<readonly number[]> {
  return vi.waitUntil(
    async () => {
      const numbers = (await part.innerText()).split(',').map(Number)
      return numbers.length > atLeast && numbers
    },
    { timeout: 20_000, interval: 10 },
  )
}

/** 1, 2, 3 …: nothing is missing, nothing is there twice. */
export function countedTo(length: number): readonly number[] {
  return Array.from({ length }, (_, index) => index + 1)
}
