import { randomBytes } from 'node:crypto'
import { Playing } from '../playing.ts'
import type { Scenario } from '../scenario/types.ts'
import type { Routes } from './routes.ts'

/** The scenarios that the control routes play, by ID. */
export class Played {
  readonly #routes: Routes
  readonly #playing = new Map<string, Playing>()

  constructor(routes: Routes) {
    this.#routes = routes
  }

  get(id: string): Playing | undefined {
    return this.#playing.get(id)
  }

  /** Plays one more, at a path that nobody guesses. @throws {TypeError} when it is no scenario */
  add(scenario: Scenario): { readonly id: string; readonly path: string } {
    const id = randomBytes(9).toString('base64url')
    const path = `/s/${id}`
    this.#playing.set(id, new Playing(path, this.#routes.add(path, scenario)))
    return { id, path }
  }

  /** Ends what is open of it, and forgets it. */
  remove(id: string): void {
    const playing = this.#playing.get(id)
    if (playing === undefined) return
    playing.drop()
    this.#routes.remove(playing.url)
    this.#playing.delete(id)
  }
}
