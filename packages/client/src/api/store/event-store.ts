import { reportUncaught } from '../errors/report-uncaught.ts'
import { StoreRun } from './store-run.ts'
import { EventRing } from './event-ring.ts'
import { systemRuntime, type Runtime } from '../../io/runtime.ts'
import { refusal } from '../decode/decode-failure.ts'
import { scheduleOf, type Schedule } from '../../io/batching.ts'
import { EventStreamError } from '../errors/event-stream-error.ts'
import { changeBy, ended, idle, type ConnectionStatus, type EventStoreSnapshot } from './store-snapshot.ts'
import { checkNumber } from '../errors/invalid.ts'
import { storeDefaults, type AnyReducer, type ReducerOptions, type StoreOptions } from './store-options.ts'
import type { StoreSource } from './store-source.ts'
import type { StreamEvent } from '../decode/stream-event.ts'

/** What bindings are built on. Every member works without its object. */
export interface EventStore<Event, Data, Variables> {
  /** Calls `listener` when the snapshot has changed; returns a function that unsubscribes it. */
  readonly subscribe: (listener: () => void) => () => void
  readonly getSnapshot: () => EventStoreSnapshot<Event, Data>
  /** The snapshot before any start: what a server renders. */
  readonly getServerSnapshot: () => EventStoreSnapshot<Event, Data>
  /** Calls `listener` for every event, in order; returns a function that unsubscribes it. */
  readonly onEvent: (listener: (event: Event) => void) => () => void
  /** Starts; supersedes a run that is under way: nothing more of that one arrives. */
  readonly start: (variables: Variables) => void
  /** Ends the run and keeps what was received. */
  readonly stop: () => void
  /** Ends the run and forgets everything. */
  readonly reset: () => void
}

/**
 * Holds what an event stream has brought, for whoever shows it.
 *
 * @example
 * const answer = createEventStore(
 *   (prompt: string, link) => fetchEventStream('/chat', { json: { prompt }, until: '[DONE]', ...link }),
 *   { initial: '', reduce: (text, event) => text + event.data },
 * )
 * answer.subscribe(() => console.log(answer.getSnapshot().data))
 * answer.start('Hi')
 * @throws {EventStreamError} `invalid-option` when `history` is no number from 0
 */
export function createEventStore<Event extends StreamEvent<unknown>, Data, Variables = void>(
  source: StoreSource<Event, Variables>,
  options: StoreOptions & ReducerOptions<Event, Data>,
): EventStore<Event, Data, Variables>
export function createEventStore<Event extends StreamEvent<unknown>, Variables = void>(
  source: StoreSource<Event, Variables>,
  options?: StoreOptions,
): EventStore<Event, Event['data'] | undefined, Variables>
export function createEventStore<Event extends StreamEvent<unknown>, Variables>(
  source: StoreSource<Event, Variables>,
  options: StoreOptions & AnyReducer = {},
): EventStore<Event, unknown, Variables> {
  return new Store(source, options)
}

/** `data` is unknown here: what `reduce` makes of the events is typed by the signatures above. */
class Store<Event extends StreamEvent<unknown>, Variables> implements EventStore<Event, unknown, Variables> {
  readonly #source: StoreSource<Event, Variables>
  /** Its `initial` is read at each start: a component's is that of its latest render. */
  readonly #options: AnyReducer
  readonly #reduce: Required<AnyReducer>['reduce']
  readonly #runtime: Runtime
  /** Null: subscribers are told at once. */
  readonly #schedule: Schedule | null
  readonly #continues: boolean
  readonly #history: EventRing<Event>
  readonly #listeners = new Set<(snapshot: EventStoreSnapshot<Event, unknown>) => void>()
  readonly #eventListeners = new Set<(event: Event) => void>()
  readonly #initial: EventStoreSnapshot<Event, unknown>
  #shown: EventStoreSnapshot<Event, unknown>
  #status: ConnectionStatus = idle
  #data: unknown
  #run: StoreRun<Event> | null = null
  #due = false
  #callOff: (() => void) | null = null

  constructor(source: StoreSource<Event, Variables>, options: StoreOptions & AnyReducer) {
    const usual = storeDefaults
    const { history = usual.history, batch = usual.batch, restart = usual.restart } = options
    const { runtime = systemRuntime, reduce = (_: unknown, event: Event) => event.data, initial } = options
    // NaN would be no bound at all.
    checkNumber('history', history, 0)
    this.#source = source
    this.#options = options
    this.#reduce = reduce
    this.#runtime = runtime
    this.#schedule = scheduleOf(batch, runtime)
    this.#continues = restart === 'continue'
    this.#history = new EventRing(history)
    this.#data = initial
    this.#shown = this.#initial = { data: initial, history: this.#history.items, ...idle }
  }

  readonly subscribe = (listener: () => void): (() => void) => added(this.#listeners, listener)

  readonly onEvent = (listener: (event: Event) => void): (() => void) => added(this.#eventListeners, listener)

  readonly getSnapshot = (): EventStoreSnapshot<Event, unknown> => this.#shown

  readonly getServerSnapshot = (): EventStoreSnapshot<Event, unknown> => this.#initial

  readonly start = (variables: Variables): void => {
    const run = new StoreRun<Event>()
    this.#supersede(run)
    if (!this.#continues) this.#forget()
    const { lastEventId } = this.#status
    this.#status = { ...idle, phase: 'connecting', lastEventId }
    void run.read((link) => this.#source(variables, link), lastEventId, {
      observed: (observation) => this.#change(changeBy(observation, this.#runtime.wall)),
      received: (events) => this.#receive(events, run),
      over: (outcome, error) => {
        if (this.#run !== run) return
        this.#run = null
        this.#change(ended(outcome, error))
      },
    })
    this.#show()
  }

  readonly stop = (): void => {
    if (this.#run === null) return
    this.#status = { ...this.#status, ...ended(null, null) }
    // Last: an observer who hears of it may start anew.
    this.#run.stop()
    this.#show()
  }

  readonly reset = (): void => {
    if (this.#status === idle) return
    this.#forget()
    this.#supersede(null)
    this.#show()
  }

  /** The run of before ends last: an observer who hears of it may start another one. */
  #supersede(run: StoreRun<Event> | null): void {
    const before = this.#run
    this.#run = run
    before?.stop()
  }

  /** A listener may stop or supersede the run between two events of one read. */
  #receive(events: readonly Event[], run: StoreRun<Event>): void {
    for (const event of events) {
      if (run.stopped) return
      this.#status = { ...this.#status, lastEventId: event.lastEventId }
      this.#history.add(event)
      try {
        this.#data = this.#reduce(this.#data, event)
      } catch (cause) {
        // A state that cannot take an event would be wrong from there on: the run ends by this.
        throw new EventStreamError(refusal('parse', event, 'made `reduce` throw; see `cause`', cause))
      }
      tell(this.#eventListeners, event)
      if (!run.stopped) this.#soon()
    }
  }

  #forget(): void {
    this.#status = idle
    this.#data = this.#options.initial
    this.#history.clear()
  }

  #change(change: Partial<ConnectionStatus> | undefined): void {
    if (!change) return
    this.#status = { ...this.#status, ...change }
    this.#soon()
  }

  #soon(): void {
    if (this.#schedule === null) return this.#show()
    if (this.#due) return
    // Set before the schedule is called: that of an app, or the frames of a test, may flush at once.
    this.#due = true
    this.#callOff = this.#schedule(() => this.#show())
  }

  #show(): void {
    this.#due = false
    this.#callOff?.()
    this.#callOff = null
    this.#shown = { data: this.#data, history: this.#history.items, ...this.#status }
    tell(this.#listeners, this.#shown)
  }
}

/** A listener that is added twice is told twice; each returned function removes its own. */
function added<T>(listeners: Set<(value: T) => void>, listener: (value: T) => void): () => void {
  const own = (value: T) => listener(value)
  listeners.add(own)
  return () => void listeners.delete(own)
}

/** The error of a listener that throws is reported as an uncaught one; the others are called all the same. */
function tell<T>(listeners: Set<(value: T) => void>, value: T): void {
  // A Set also gives what is added meanwhile: whoever lets go and comes back would be told of the same event again.
  for (const listener of new Set(listeners)) {
    try {
      if (listeners.has(listener)) listener(value)
    } catch (error) {
      reportUncaught(error)
    }
  }
}
