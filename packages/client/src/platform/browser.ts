import type { RedirectFacts } from '../core/failure.ts'
import type { DetourSending } from '../core/effect.ts'
import type { Detour } from '../core/policy.ts'
import type { Fetch, FetchInit } from '../io/fetch.ts'
import type { RequestPlan } from '../io/request-plan.ts'
import type { Answered, Diagnosis, Dropped, Following, PageEvent, Unanswered } from './terms.ts'

/** What pages and their workers need and Node does not. The twin of node.ts: both export the same names. */

/** A page never sees a redirect: the engine follows it, by its own rules for headers and origins. */
export function redirectsBy(_standard: boolean, _options: Following): Detour<'response'> | null {
  return null
}

export function ownInit(_given: Fetch | undefined, _plan: RequestPlan): FetchInit | undefined {
  return undefined
}

export function asOwn(fetch: Fetch): Fetch {
  return fetch
}

export function redirectFacts(_reply: Answered, _location: string | null): RedirectFacts | null {
  return null
}

/** A probe is a `no-cors` request, which shows whether the server answers; otherwise the same request is sent again. */
export function detour(
  plan: RequestPlan,
  sending: DetourSending,
  _forwardHeaders: readonly string[],
): RequestPlan {
  return sending === 'probe'
    ? { url: plan.url, init: { mode: 'no-cors', cache: 'no-store', headers: new Headers() } }
    : plan
}

/** Cache-Control from a page would force a preflight; engines add it by themselves. */
export const ownHeaders: Readonly<Record<string, string>> = {}

/**
 * Only to another origin can CORS refuse a request. The origin of the realm, which is not always that of its location: a
 * frame from `srcdoc` has that of its page, a sandboxed one has none.
 */
export function mayProbe(url: URL): boolean {
  // By its full name: scripts declare an `origin` of their own.
  const { origin } = globalThis
  return origin !== undefined && /^https?:$/.test(url.protocol) && url.origin !== origin
}

/** Only where somebody tells that the network is back: Chromium's workers know that it is gone, and hear no `online`. */
export function isOffline(): boolean {
  return globalThis.document !== undefined && globalThis.navigator?.onLine === false
}

export const targetClass = (): typeof EventTarget => EventTarget

/** The Event that it takes. */
export const eventKind = (): typeof Event => Event

/** A task lasts at most so many ms; then the page may paint and react to its user. */
const longestTask = 8

/** When the current or latest task that dispatched events began and ended. */
const task = { began: 0, ended: 0 }

/** Calls of `work` between two looks at the clock, at most: a look costs as much as a tenth of dispatching an event. */
const longestStride = 16

/** To wait for a promise that is there already takes Firefox a quarter of the time of a new one. */
const settled: Promise<void> = /* @__PURE__ */ Promise.resolve()

/** Calls `work` so many times, with one turn of microtasks between two calls, and lets the page have a task in time. */
export async function inTurns(times: number, work: () => void): Promise<void> {
  let looked = performance.now()
  // Nothing was dispatched for so long that this must be another task. A shorter pause may be parsing, or a collection
  // of garbage, in the same one; to mistake another task for the same only makes room too early.
  if (looked - task.ended > longestTask) task.began = looked
  let stride = 1
  for (let turn = 1, look = 1; turn <= times; turn++) {
    work()
    await settled
    if (turn < look && turn < times) continue
    task.ended = performance.now()
    // Slow listeners are timed one by one.
    stride = task.ended - looked < 1 ? Math.min(2 * stride, longestStride) : 1
    looked = task.ended
    look = turn + stride
    if (looked - task.began > longestTask) {
      await anotherTask()
      task.began = looked = performance.now()
    }
  }
}

/** Where a page stood still, its connections did too. */
export function patient<T>(runtime: T): T {
  return runtime
}

/** Any reply may ask for a wait. */
export function withoutProxyWait<T>(reply: T): T {
  return reply
}

/** Engines' own strings are as quick in pieces as together. */
export function gathering<T>(create: T): T {
  return create
}

/** Pages have no contexts of their own for what is asynchronous. */
export function inOwnContext<T>(follower: T): T {
  return follower
}

/** By `setTimeout` only where there is nothing else (React Native): pages make it wait for 4 ms. */
export function anotherTask(): Promise<void> {
  return new Promise((resolve) => {
    if (typeof MessageChannel === 'undefined') return void setTimeout(resolve)
    const { port1, port2 } = new MessageChannel()
    port1.addEventListener('message', () => {
      port1.close()
      resolve()
    })
    port1.start()
    port2.postMessage(null)
  })
}

export { anotherTask as pause }

/** Lets go of a body. Resolves when that is done, or a task later. */
export function letGo(body: Dropped, _controller: AbortController): Promise<void> {
  return Promise.race([body.cancel('dropped'), anotherTask()])
}

/**
 * Tells what happens to the page or the worker, until it is stopped. A hidden page stays connected, so that is not told.
 * The window is given no signal: that of jsdom refuses Node's, which may be the global one beside it.
 */
export function watchPage(tell: (event: PageEvent) => void): () => void {
  const left = new AbortController()
  const on = (type: string, heard: (event: Event & { readonly persisted?: boolean }) => unknown) => {
    globalThis.addEventListener?.(type, heard)
    left.signal.addEventListener('abort', () => globalThis.removeEventListener?.(type, heard))
  }
  on('offline', () => tell('offline'))
  on('online', () => tell('online'))
  on('pagehide', ({ persisted }) => persisted && tell('freeze'))
  on('pageshow', ({ persisted }) => persisted && tell('thaw'))
  // An event of the document, which rises to the window; workers have none.
  on('visibilitychange', () => document.hidden || tell('shown'))
  return () => left.abort()
}

/** Pages are never told why a request got no reply. One likely reason, a refused preflight, exists only for a resume. */
export function diagnose(_cause: unknown, unanswered: Unanswered | null): Diagnosis {
  const resumes = unanswered?.init.headers.has('last-event-id') && mayProbe(new URL(unanswered.url))
  const hint = resumes
    ? 'No reply. If its preflight refuses Last-Event-ID, set resume: lastEventIdQuery(name)'
    : null
  return { unsent: false, futile: false, hint }
}

/** The parts of a header's value that may be repeated alone: a token without `Bearer`, the password within `Basic`. */
export function partsOf(_name: string, value: string): readonly string[] {
  const token = value.slice(value.indexOf(' ') + 1)
  return /^basic /i.test(value) ? [token, passwordOf(token)] : [token]
}

function passwordOf(token: string): string {
  try {
    return atob(token).replace(/^[^:]*:/, '')
  } catch {
    return ''
  }
}

/** Where the engine follows redirects there is one request. */
export function overHops<T>(secretsOf: T): T {
  return secretsOf
}

/** The start of one that was cut is not looked for: the keys of a service are for servers to hold. */
export function withoutSecret(text: string, secret: string): string {
  return text.replaceAll(secret, '…')
}

/** A console shows all that an object holds, once it is opened there. */
export function ifHarmless(_value: object, _secrets: readonly string[]): undefined {}
