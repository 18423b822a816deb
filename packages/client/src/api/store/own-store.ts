import type { EventStore } from './event-store.ts'
import type { HeldStore } from './held-store.ts'

/**
 * The store of one component, which starts it. React calls effects again for a component that stays: under StrictMode,
 * and when its code is edited. Such a repeated start is ignored, and what runs goes on.
 */
export function ownStore<Event, Data, Variables>(
  store: EventStore<Event, Data, Variables>,
  onEvent: (event: Event) => void,
): HeldStore<Event, Data, Variables> {
  let held = false
  /** It was let go of in this very task, and may be held again. */
  let passing = false
  /** The last start, unless a stop came after it. */
  let begin: (() => void) | null = null
  store.onEvent((event) => held && onEvent(event))
  const forgetting = (then: () => void) => () => {
    begin = null
    then()
  }
  const own = {
    ...store,
    start: (variables: Variables) => {
      if (passing && begin) return
      begin = () => store.start(variables)
      // Not before it is held: React's layout effects run earlier, and under StrictMode twice, with enough time in between
      // for a request to be sent.
      if (held || passing) begin()
    },
    stop: forgetting(store.stop),
    reset: forgetting(store.reset),
  }
  return {
    current: () => own,
    hold: () => {
      // Vue's scope holds it from its setup on, and its component once more when it is mounted.
      if (!held && !passing) begin?.()
      held = true
      return () => {
        held = false
        passing = true
        void Promise.resolve().then(() => {
          passing = false
          if (!held) own.stop()
        })
      }
    },
  }
}
