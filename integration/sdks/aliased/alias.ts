/** Loaded before a program: whoever imports or requires eventsource-parser or eventsource gets ours. */
import { registerHooks } from 'node:module'

const theirs = /^eventsource(-parser)?(?=$|\/)/

registerHooks({
  resolve(specifier, context, next) {
    if (!theirs.test(specifier)) return next(specifier, context)
    const ours = specifier.replace(
      theirs,
      (_, parser) => `@millrace/${parser === undefined ? 'client' : 'parser'}`,
    )
    // For the test to know that the program does use it.
    process.stderr.write(`${ours} for ${context.parentURL ?? 'nobody'}\n`)
    return next(ours, { ...context, parentURL: import.meta.url })
  },
})
