import { effectScope } from 'vue'

/** A composable outside components, in a scope that `using` ends. */
export function scoped<T extends object>(work: () => T): T & Disposable {
  const scope = effectScope()
  const made = scope.run(work)
  if (made === undefined) throw new TypeError('The scope has ended')
  return { ...made, [Symbol.dispose]: () => scope.stop() }
}
