import type { StreamOptions } from './options.ts'
import { resolve } from './request.ts'
import type { ReducerOptions } from './store-options.ts'
import type { StoreLink } from './store-source.ts'

/**
 * The options of a run that starts now. Functions are looked up when they are called: a component makes new ones each
 * time it renders, and they must neither reconnect nor be stale.
 */
export function liveOptions<Event>(
  latest: () => StreamOptions<Event>,
  link: StoreLink,
): StreamOptions<Event> {
  const options = latest()
  return {
    ...options,
    ...link,
    ...(typeof options.headers === 'function'
      ? { headers: (context) => resolve(latest().headers, context) }
      : {}),
    ...(typeof options.body === 'function' ? { body: (context) => resolve(latest().body, context) } : {}),
    observe: (observation) => {
      link.observe(observation)
      latest().observe?.(observation)
    },
  }
}

/** The same for a reducer; null where there was none at first. */
export function liveReducer<Event, Data>(
  options: object | ReducerOptions<Event, Data>,
  latest: () => object | ReducerOptions<Event, Data>,
): ReducerOptions<Event, Data> | null {
  const first = reducerIn(options)
  if (first === null) return null
  const { initial } = first
  return { initial, reduce: (data, event) => (reducerIn(latest()) ?? first).reduce(data, event) }
}

function reducerIn<Event, Data>(
  options: object | ReducerOptions<Event, Data>,
): ReducerOptions<Event, Data> | null {
  return 'reduce' in options ? options : null
}
