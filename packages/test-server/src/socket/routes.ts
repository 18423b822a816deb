import { DEFAULT_LIMITS } from '../limits.ts'
import type { Exchange } from '../journal/records.ts'
import { stageOf, type Stage } from '../journal/stage.ts'
import type { Scenario } from '../scenario/types.ts'

/** Told when an exchange begins, when its head is sent, and when it is over. */
export type Watch = (exchange: Exchange, path: string) => void

/** Which scenario is at which path. A path also stands for everything below it; the longest one wins. */
export class Routes {
  #stages = new Map<string, Stage>()
  /** Characters of the longest path that was ever added. */
  #longest = 0
  readonly #observe: Watch
  readonly #journal: number

  /** @param journal the limit of that name */
  constructor(observe: Watch = () => {}, journal: number = DEFAULT_LIMITS.journal) {
    this.#observe = observe
    this.#journal = journal
  }

  /** @throws {TypeError} when it is no path, or no scenario: `at` is what the place of the mistake begins with */
  add(path: string, scenario: Scenario, at?: string): Stage {
    if (!/^\/[^?#]*$/.test(path)) {
      throw new TypeError(
        `A scenario has \`replies\`; scenarios by path have paths, which begin with "/" and end before the query: ${JSON.stringify(path)}`,
      )
    }
    const observe = (exchange: Exchange) => this.#observe(exchange, path)
    const stage = stageOf(scenario, { observe, limit: this.#journal, at })
    const requested = asRequested(path)
    this.#stages.set(requested, stage)
    this.#longest = Math.max(this.#longest, requested.length)
    return stage
  }

  remove(path: string): void {
    this.#stages.delete(asRequested(path))
  }

  at(path: string): Stage | undefined {
    return this.#stages.get(asRequested(path))
  }

  /** The scenario that answers for a path. */
  find(pathname: string): Stage | undefined {
    // Cut first: a path of 16 KB of slashes would be looked up 16,000 times.
    for (
      let path = pathname.slice(0, this.#longest + 1);
      path !== '';
      path = path.slice(0, path.lastIndexOf('/'))
    ) {
      const stage = this.#stages.get(path)
      if (stage !== undefined) return stage
    }
    return this.#stages.get('/')
  }
}

/** A path as clients write it: percent-encoded, without dots. */
function asRequested(path: string): string {
  return path.startsWith('/') ? new URL(`http://localhost${path}`).pathname : path
}
