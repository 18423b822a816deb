import {
  fetchEventStream,
  lastEventIdGet,
  type Cursor,
  type Observation,
  type Outcome,
  type StreamEvent,
  type StreamOptions,
} from '@millrace/client'
import { virtualTime } from '../../src/testing/virtual-time.ts'
import { Chance } from '../support/chance.ts'
import { Link } from '../link/link.ts'
import { must } from '../walk/must.ts'
import { consumers, type Numbers } from './consumers.ts'
import { NumberServer } from './server.ts'

const url = 'http://numbers.example/'
const last = -1

/** How an answer says that it is whole: by `until`, and by the event that `block` is. */
interface End {
  readonly until: StreamOptions<StreamEvent<unknown>>['until']
  readonly block: string | null
}

/** The first says nothing: that is a subscription. */
const ends: readonly [End, ...End[]] = [
  { until: undefined, block: null },
  { until: '[DONE]', block: 'data: [DONE]\n\n' },
  { until: { event: 'end' }, block: `event: end\ndata: ${last}\n\n` },
  { until: ({ data }: StreamEvent<unknown>) => data === last, block: `data: ${last}\n\n` },
]

/** One stream from its call until nothing is left of it, all by the dice of one seed. */
export class Life {
  readonly #chance: Chance
  readonly #time
  readonly #server: NumberServer
  readonly #link: Link
  readonly #end
  readonly #get: boolean
  readonly #resumes: boolean
  /** What is there to be handed over. */
  readonly #all: readonly number[]
  readonly #got: unknown[] = []
  readonly #cursors: Cursor[] = []
  readonly #observed: Observation[] = []
  #reconnects = 0

  constructor(seed: number) {
    const chance = (this.#chance = new Chance(seed))
    this.#time = virtualTime({ random: () => chance.next() })
    this.#end = chance.pick(ends)
    const events = chance.between(0, 20)
    this.#server = new NumberServer(chance, events, this.#end.block)
    this.#link = new Link(this.#time.runtime, chance, this.#server.serve)
    this.#get = this.#end.until === undefined || chance.happens(0.4)
    this.#resumes = chance.happens(0.6)
    const numbers = Array.from({ length: events }, (_, n) => n)
    this.#all = this.#end.block?.includes(String(last)) ? [...numbers, last] : numbers
  }

  /** Throws where a rule breaks. */
  async live(): Promise<void> {
    const controller = new AbortController()
    const stream = this.#open({ signal: controller.signal })
    const quiet = this.#meddle(stream, controller)
    const { outcome, left } = await this.#read(stream)
    quiet()
    this.#judge(outcome, left)
    await this.#resumeAnywhere()
    await this.#time.advance(1000)
    must(this.#time.due.length === 0, 'a timer is left')
    must(!this.#server.connections.some(({ open }) => open), 'a connection is left')
  }

  #open(more: { signal?: AbortSignal; cursor?: Cursor }): Numbers {
    const { runtime } = this.#time
    const later = (data: string): Promise<number> =>
      new Promise((resolve) => void runtime.sleep(3, () => resolve(Number(data)), true))
    const { until } = this.#end
    return fetchEventStream(url, {
      runtime,
      fetch: this.#link.fetch,
      timeouts: { headers: 5000, idle: 5000 },
      parse: this.#chance.pick<(data: string) => unknown>([Number, async (data) => Number(data), later]),
      observe: (entry) => void this.#observed.push(entry),
      ...(!this.#get && { json: {} }),
      ...(this.#resumes && { resume: lastEventIdGet }),
      ...(until !== undefined && { until }),
      ...more,
    })
  }

  /** Closes, aborts or reconnects it at any moment. Returns what stops that. */
  #meddle(stream: Numbers, controller: AbortController): () => void {
    const chance = this.#chance
    const reconnect = () => {
      this.#reconnects++
      stream.reconnect()
    }
    const acts = [() => stream.close(), () => controller.abort(), reconnect, reconnect] as const
    const timers = Array.from({ length: chance.pick([0, 0, 1, 3]) }, () =>
      this.#time.runtime.sleep(chance.between(0, 3000), chance.pick(acts), true),
    )
    return () => {
      for (const stop of timers) stop()
    }
  }

  async #read(stream: Numbers): Promise<{ outcome: Outcome; left: boolean }> {
    const chance = this.#chance
    const enough = chance.happens(0.3) ? chance.between(1, 8) : Number.POSITIVE_INFINITY
    const slow = chance.happens(0.5)
    const pause = () =>
      new Promise<void>((resolve) => {
        if (slow) this.#time.runtime.sleep(chance.between(0, 200), resolve, true)
        else resolve()
      })
    const take = ({ data }: StreamEvent<unknown>) => {
      this.#cursors.push(stream.cursor)
      return this.#got.push(data) >= enough
    }
    const reading = chance
      .pick(consumers)(stream, take, pause)
      .then(
        () => null,
        (error: unknown) => ({ error }),
      )
    const thrown = await this.#within(reading, 'the consumer waits for ever')
    const outcome = await this.#within(stream.outcome, 'the outcome does not settle')
    const whole = outcome.type === 'complete' || outcome.type === 'ended' || outcome.by === 'close'
    const left = this.#got.length >= enough
    must(left || whole === (thrown === null), `${outcome.type}, and the consumer was told otherwise`)
    if (outcome.error && thrown !== null) must(thrown.error === outcome.error, 'two errors')
    return { outcome, left }
  }

  /** Lets an hour pass, at most. */
  async #within<T>(promise: Promise<T>, otherwise: string): Promise<T> {
    const settled: T[] = []
    void promise.then((value) => settled.push(value))
    for (let minutes = 0; settled.length === 0 && minutes < 60; minutes++) await this.#time.advance(60_000)
    must(settled.length > 0, otherwise)
    return promise
  }

  #judge({ type, events }: Outcome, left: boolean): void {
    const all = this.#all
    must(
      this.#got.every((data, n) => data === all[n]),
      `lost, doubled or out of order: ${this.#got.join(' ')}`,
    )
    must(left || this.#got.length === events, `${this.#got.length} events were handed over, not ${events}`)
    if (type === 'complete' || type === 'ended') {
      // A 204 after `reconnect()` ends it before all that had come is read.
      const early = type === 'ended' && this.#reconnects > 0
      must(early || events === all.length, `${type} after ${events} of ${all.length} events`)
      must((type === 'complete') === (this.#end.until !== undefined), `${type}, by which end?`)
    }
    const told = this.#observed.map((entry) => entry.type)
    must(told.filter((name) => name === 'event').length === events, 'not every event was told')
    must(told.indexOf('close') === told.length - 1, `after the end came ${told.at(-1)}`)
    const accepted = this.#server.requests.filter(({ method, fate }) => method === 'POST' && fate !== 'busy')
    must(accepted.length <= 1 || this.#reconnects > 0, 'a POST was sent again')
  }

  /** From wherever the consumer has stood, another stream gives the rest. */
  async #resumeAnywhere(): Promise<void> {
    const [first, ...others] = this.#cursors
    if (first === undefined || !this.#resumes) return
    const cursor = this.#chance.pick([first, ...others])
    const rest: unknown[] = []
    if (cursor.events === this.#all.length) return
    const stream = this.#open({ cursor })
    const reading = (async () => {
      for await (const { data } of stream) rest.push(data)
    })().catch(() => {})
    await this.#within(reading, 'the resumed consumer waits for ever')
    const whole = rest.length === this.#all.length - cursor.events
    const { type } = await stream.outcome
    must(whole || (type !== 'complete' && type !== 'ended'), `${type} without all of the rest`)
    must(
      rest.every((data, n) => data === this.#all[cursor.events + n]),
      `after ${cursor.events} events it went on with ${rest.join(' ')}`,
    )
  }
}
