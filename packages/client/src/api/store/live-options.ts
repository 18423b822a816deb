import { resolve } from '../request/request.ts'
import type { StoreLink } from './store-source.ts'
import type { AnyOptions } from '../decode/typing.ts'

/**
 * The options of a run that starts now. Functions are looked up at each call: a component makes new ones each time it
 * renders, which must neither reconnect nor be stale. `lasting`: headers that are plain values are looked up, too; what
 * reconnects for weeks would otherwise send the token of its first render until it is refused.
 */
export function liveOptions(latest: () => AnyOptions, link: StoreLink, lasting?: boolean): AnyOptions {
  const options = latest()
  const { headers } = options
  return {
    ...options,
    ...link,
    ...(headers &&
      (lasting || typeof headers === 'function') && {
        headers: (context) => resolve(latest().headers, context),
      }),
    ...(typeof options.body === 'function' && { body: (context) => resolve(latest().body, context) }),
    observe: (observation) => {
      link.observe(observation)
      latest().observe?.(observation)
    },
  }
}
