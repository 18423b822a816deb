import type { Fetch, FetchInit } from '../io/fetch.ts'
import type { RequestPlan } from '../io/request-plan.ts'
import { isOwn } from './is-own.ts'

/** What fetch is told beside the request or otherwise; `given`: the app's, if it has one. */
export function ownInit(given: Fetch | undefined, { url, init: { headers } }: RequestPlan): FetchInit {
  const told = isOwn(given) ? init : { headers: inTitleCase(headers) }
  return /^(data|blob):/.test(url) ? { ...told, ...withoutSignal } : told
}

/** An abort of a reply that no network brought ends a process of Node 24; there is no socket, and the body is cancelled. */
const withoutSignal: FetchInit = { signal: null }

/** As npm's eventsource hands them over: there are fetches that look for `headers.Accept`. */
function inTitleCase(headers: Headers): Record<string, string> {
  const titled: Record<string, string> = {}
  headers.forEach((value, name) => {
    titled[name.replace(/\b[a-z]/g, (letter) => letter.toUpperCase())] = value
  })
  return titled
}

/** To leave redirects to us. Workers whose compatibility date is before 2024-11-11 refuse any `cache`. */
const init: FetchInit = /* @__PURE__ */ makeOwnInit()

function makeOwnInit(): FetchInit {
  const init: FetchInit = { redirect: 'manual' }
  return refusesCache() ? Object.defineProperty(init, 'cache', { value: undefined, enumerable: true }) : init
}

/** Asked in workerd only: Node would load its fetch at import. */
function refusesCache(): boolean {
  if (!('WebSocketPair' in globalThis)) return false
  try {
    return new Request('https://workers.invalid/', { cache: 'no-store' }).cache !== 'no-store'
  } catch {
    return true
  }
}
