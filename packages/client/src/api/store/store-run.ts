import { EventStreamError } from '../errors/event-stream-error.ts'
import { thrownError } from '../errors/thrown-error.ts'
import type { Observation } from '../observation.ts'
import type { Outcome } from '../stream/outcome.ts'
import { threw } from '../errors/invalid.ts'
import type { EventFlow, StoreLink } from './store-source.ts'

/** What a run tells the store. */
export interface RunListener<Event> {
  observed(observation: Observation): void
  received(events: readonly Event[]): void
  over(outcome: Outcome | null, error: EventStreamError | null): void
}

/** One start of a source, read to its end. Once stopped it tells no more events, only how it ended. */
export class StoreRun<Event> {
  readonly #controller = new AbortController()
  #flow: EventFlow<Event> | null = null

  get stopped(): boolean {
    return this.#controller.signal.aborted
  }

  async read(
    open: (link: StoreLink) => EventFlow<Event> | Promise<EventFlow<Event>>,
    lastEventId: string,
    listener: RunListener<Event>,
  ): Promise<void> {
    await Promise.resolve()
    if (this.stopped) return listener.over(null, null)
    const link: StoreLink = {
      ...(lastEventId && { lastEventId }),
      signal: this.#controller.signal,
      observe: (observation) => this.stopped || listener.observed(observation),
    }
    let error: EventStreamError | null = null
    try {
      this.#flow = await open(link)
      // Stopped while the source was opened; that one may ignore the signal.
      if (this.stopped) this.stop()
      for await (const events of this.#flow.batches?.() ?? oneByOne(this.#flow)) {
        if (this.stopped) break
        listener.received(events)
      }
    } catch (cause) {
      // An error of `fetchEventStream` says itself what is wrong; any other before there is a flow is that of `source`.
      const itself = this.#flow || cause instanceof EventStreamError
      if (!this.stopped) error = itself ? thrownError(cause) : threw('source', cause)
    }
    const outcome = (await this.#flow?.outcome) ?? null
    // Left because of what `received` threw: nobody has stopped it, as `aborted` would say.
    const left = outcome?.by === 'consumer' && error
    listener.over(left ? { ...outcome, type: 'invalid', error: left } : outcome, outcome?.error ?? error)
  }

  stop(): void {
    // Before the signal: a stream that is closed ends normally, one that is aborted throws.
    this.#flow?.close?.('stopped')
    this.#controller.abort()
  }
}

/** For a source without batches. */
async function* oneByOne<Event>(flow: EventFlow<Event>): AsyncGenerator<readonly Event[], void, undefined> {
  for await (const event of flow) yield [event]
}
