import { createEventStore, type StreamEvent } from '@millrace/client'
import { expect, test } from 'vitest'
import { full } from '../../../../../test/support/full.ts'
import { Chance } from '../../../test/support/chance.ts'
import type { StoreLink } from './store-source.ts'

type Numbered = StreamEvent<number>

/** A source of events that a test pushes, until it ends or is stopped. */
class Flow implements AsyncIterable<Numbered> {
  readonly run: number
  readonly link: StoreLink
  over = false
  readonly queue: Numbered[] = []
  #error: Error | null = null
  #wake: () => void = () => {}

  constructor(run: number, link: StoreLink) {
    this.run = run
    this.link = link
    link.signal.addEventListener('abort', () => this.end())
  }

  push(data: number): void {
    if (this.over) return
    this.queue.push({ type: 'message', data, raw: `run ${this.run}`, lastEventId: `id ${data}` })
    this.#wake()
  }

  end(error: Error | null = null): void {
    if (this.over) return
    this.over = true
    this.#error = error
    this.#wake()
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Numbered, void, undefined> {
    for (;;) {
      const event = this.queue.shift()
      if (event !== undefined) yield event
      else if (this.over) break
      else await new Promise<void>((resolve) => (this.#wake = resolve))
    }
    if (this.#error !== null) throw this.#error
  }
}

const soon = () => new Promise<void>((resolve) => void setImmediate(resolve))

/** One store, by the dice of one seed, beside a model of it: `kept`, `phase`, and the run that may tell events. */
async function life(seed: number): Promise<void> {
  const chance = new Chance(seed)
  const goesOn = chance.happens(0.5)
  const flows: Flow[] = []
  let pushed = 0
  let runs = 0
  /** 0: none. */
  let current = 0
  let startsFrom = ''
  let kept: readonly number[] = []
  let phase = 'idle'
  let shown: unknown = null
  /** Events of a run that is not the current one: there must be none. */
  const late: string[] = []

  const store = createEventStore<Numbered, readonly number[], number>(
    async (run, link) => {
      if (chance.happens(0.3)) await soon()
      if (run === current) expect(link.lastEventId ?? '').toBe(startsFrom)
      const flow = new Flow(run, link)
      if (link.signal.aborted) flow.end()
      flows.push(flow)
      return flow
    },
    {
      initial: [],
      reduce: (data, event) => [...data, event.data],
      history: 5,
      batch: chance.pick(['microtask', 'none']),
      restart: goesOn ? 'continue' : 'fresh',
    },
  )
  const lastEventId = () => (kept.length === 0 ? '' : `id ${kept.at(-1)}`)
  store.subscribe(() => (shown = store.getSnapshot()))
  store.onEvent((event) => {
    late.push(...(event.raw === `run ${current}` ? [] : [event.raw]))
    kept = [...kept, event.data]
  })

  const acts = {
    start: () => {
      if (!goesOn) kept = []
      phase = 'open'
      startsFrom = lastEventId()
      current = ++runs
      store.start(runs)
      expect(store.getSnapshot().phase).toBe('connecting')
    },
    stop: () => {
      if (phase === 'open') phase = 'closed'
      current = 0
      store.stop()
    },
    reset: () => {
      kept = []
      phase = 'idle'
      current = 0
      store.reset()
      expect(store.getSnapshot().data).toEqual([])
    },
    push: () => {
      for (const flow of flows) flow.push(pushed)
      pushed++
    },
    end: () => {
      const flow = flows.at(-1)
      if (flow?.over !== false || flow.run !== current) return
      phase = 'closed'
      flow.end(chance.happens(0.5) ? new Error('broken') : null)
    },
  }
  for (let step = 0; step < 40; step++) {
    chance.pick([acts.start, acts.stop, acts.reset, acts.push, acts.push, acts.push, acts.end])()
    // Now and then all at once.
    if (chance.happens(0.3)) continue
    for (let turn = 0; turn < 3; turn++) await soon()
    const snapshot = store.getSnapshot()
    expect(snapshot).toMatchObject({ data: kept, lastEventId: lastEventId() })
    expect(snapshot.history.map(({ data }) => data)).toEqual(kept.slice(-5))
    expect(snapshot.phase === 'connecting' ? 'open' : snapshot.phase).toBe(phase)
    expect(shown === null || shown === snapshot).toBe(true)
    const live = flows.filter(({ over }) => !over)
    expect(live.map(({ run, queue }) => [run, queue.length])).toEqual(phase === 'open' ? [[current, 0]] : [])
    expect(late).toEqual([])
  }
}

const seed = Math.floor(Math.random() * 2 ** 31)
const lives = full ? 2000 : 40

test(`${lives} random lives of a store show what its model holds`, async () => {
  for (let n = 0; n < lives; n++) {
    await life(seed + n).catch((cause: unknown) => {
      throw new RangeError(`seed ${seed + n}: ${String(cause)}`, { cause })
    })
  }
})
