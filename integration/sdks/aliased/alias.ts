/** Loaded before the SDKs: whoever imports or requires eventsource-parser or eventsource gets ours. */
import { registerHooks } from 'node:module'

/** Who got which of ours, for the tests to know that they use it. */
export const aliased: string[] = []

const theirs = /^eventsource(-parser)?(?=$|\/)/

registerHooks({
  resolve(specifier, context, next) {
    if (!theirs.test(specifier)) return next(specifier, context)
    const ours = specifier.replace(
      theirs,
      (_, parser) => `@millrace/${parser === undefined ? 'client' : 'parser'}`,
    )
    aliased.push(`${ours} for ${context.parentURL ?? 'nobody'}`)
    return next(ours, { ...context, parentURL: import.meta.url })
  },
})
