import { isOwn } from './own-fetch.ts'

/** What the runtime's own fetch is told beside the request; `given`: the app's, if it has one. */
export function ownInit(given: typeof globalThis.fetch | null): RequestInit | undefined {
  return isOwn(given) ? init : undefined
}

/** To leave redirects to us. Workers whose compatibility date is before 2024-11-11 refuse any `cache`. */
const init: RequestInit = /* @__PURE__ */ makeOwnInit()

function makeOwnInit(): RequestInit {
  const init: RequestInit = { redirect: 'manual' }
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
