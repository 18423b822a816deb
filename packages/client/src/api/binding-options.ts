import type { StreamOptions } from './options.ts'
import type { StoreOptions } from './store-options.ts'
import type { StreamEvent } from './stream-event.ts'

/** What a component may say of its store. */
export interface BindingOptions<Event> extends Omit<StoreOptions, 'restart'> {
  /** Called for every event, in order. */
  readonly onEvent?: (event: Event) => void
}

/** The component's life is the signal. */
type OwnedStream<Event> = Omit<StreamOptions<Event>, 'signal' | 'runtime'>

export interface SubscriptionOptions<Event = StreamEvent> extends OwnedStream<Event>, BindingOptions<Event> {
  /** Components that give the same key and URL share one connection and one state; the first one's options count. */
  readonly shareKey?: string
}

/** Where an answer comes from, made from the variables that `start` was given. */
export interface AnswerRequest<Event = StreamEvent> extends OwnedStream<Event> {
  readonly url: string | URL
}

export interface AnswerOptions<Variables, Event = StreamEvent>
  extends OwnedStream<Event>, BindingOptions<Event> {
  /** The request for one `start`. What it gives goes before the other options. */
  readonly request: (variables: Variables) => AnswerRequest<Event>
}
