import { Life } from './life.ts'

export interface Walk {
  readonly lives: number
  readonly steps: number
}

const longest = 1000

/** Walks so many steps, one life after the other: life n has the seed `seed + n`. Throws with the seed that shows the fault. */
export function walk(seed: number, steps: number): Walk {
  let walked = 0
  let lives = 0
  while (walked < steps) {
    const life = new Life(seed + lives++)
    walked += live(life, Math.min(longest, steps - walked))
  }
  return { lives, steps: walked }
}

function live(life: Life, steps: number): number {
  for (let taken = 1; taken <= steps; taken++) {
    try {
      if (life.step()) return taken
    } catch (cause) {
      throw new RangeError(report(life, cause), { cause })
    }
  }
  return steps
}

function report({ seed, history }: Life, cause: unknown): string {
  const last = history.slice(-12).map((input) => `  ${JSON.stringify(input)}`)
  const what = cause instanceof Error ? cause.message : String(cause)
  return `${what}; replay: pnpm walk --seed ${seed} --steps ${history.length}. The last inputs:\n${last.join('\n')}`
}
