import type { Exchange } from '../journal/journal.ts'
import { stageOf, type Stage } from '../journal/stage.ts'
import type { Scenario } from '../scenario/types.ts'

/** Told when an exchange begins, when its head is sent, and when it is over. */
export type Watch = (exchange: Exchange, path: string) => void

/** Which scenario is at which path. A path also stands for everything below it; the longest one wins. */
export class Routes {
  #stages = new Map<string, Stage>()
  readonly #observe: Watch

  constructor(observe: Watch = () => {}) {
    this.#observe = observe
  }

  add(path: string, scenario: Scenario): Stage {
    if (!path.startsWith('/')) throw new TypeError(`A path begins with "/": ${JSON.stringify(path)}`)
    const stage = stageOf(scenario, (exchange) => this.#observe(exchange, path))
    this.#stages.set(path, stage)
    return stage
  }

  remove(path: string): Stage | undefined {
    const stage = this.#stages.get(path)
    this.#stages.delete(path)
    return stage
  }

  at(path: string): Stage | undefined {
    return this.#stages.get(path)
  }

  /** The scenario that answers for a path. */
  find(pathname: string): Stage | undefined {
    for (let path = pathname; path !== ''; path = path.slice(0, path.lastIndexOf('/'))) {
      const stage = this.#stages.get(path)
      if (stage !== undefined) return stage
    }
    return this.#stages.get('/')
  }
}
