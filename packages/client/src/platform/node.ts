import type { Dropped, PageEvent } from './terms.ts'

/** What Node, Bun and Deno need and pages do not. The twin of browser.ts: both export the same names. */

export { eventKind, targetClass } from './target-class.ts'
export { patient } from './patient.ts'
export { diagnose } from './diagnosis.ts'
export { ifHarmless } from './may-tell.ts'
export { gathering } from './gathering.ts'
export { inTurns } from './turns.ts'
export { detour, overHops, redirectFacts, redirectsBy } from './hops.ts'
export { partsOf } from './header-parts.ts'
export { withoutSecret } from './cut-secrets.ts'
export { asOwn } from './own-fetch.ts'
export { ownInit } from './own-init.ts'
export { withoutProxyWait } from './without-proxy-wait.ts'
export { inOwnContext } from './own-context.ts'

/** Fetch in Node adds these by itself for `no-store`; those of Bun and Deno do not. Only in a page would it cost a preflight. */
export const ownHeaders: Readonly<Record<string, string>> = {
  'cache-control': 'no-cache',
  pragma: 'no-cache',
}

/** There is no CORS outside pages. */
export function mayProbe(_url: URL): boolean {
  return false
}

/** Resolves after timers and sockets have had a turn. */
export function anotherTask(): Promise<void> {
  return new Promise((resolve) => void (globalThis.setImmediate ?? setTimeout)(resolve))
}

/** As it is before a test fakes it: under fake timers, too, a body is let go. */
const { setImmediate: inRealTask = globalThis.setTimeout } = globalThis

/**
 * Lets go of a body: by the abort, which is enough for a fetch; one that ignores its signal has the body cancelled a task
 * later. What stands in for Node's fetch in tests minds how. Under MSW and nock the process dies where a timer, not a
 * microtask, lets go of a body that is being read. happy-dom's body throws where it has ended, and was cancelled before
 * that was read.
 */
export async function letGo(body: Dropped, controller: AbortController): Promise<void> {
  void Promise.resolve().then(() => controller.abort())
  await body.cancel('dropped', pause())
}

/** Gives timers and sockets a turn, under fake timers as well. */
export function pause(): Promise<void> {
  return new Promise((resolve) => void inRealTask(resolve))
}

/** There is no page. */
export function watchPage(_tell: (event: PageEvent) => void): () => void {
  return () => {}
}

export function isOffline(): boolean {
  return false
}
