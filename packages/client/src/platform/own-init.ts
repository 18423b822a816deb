/**
 * What the runtime's own fetch is told beside the request: to leave redirects to us. Workers whose compatibility date is
 * before 2024-11-11 refuse any `cache`.
 */
export const ownInit: RequestInit = /* @__PURE__ */ makeOwnInit()

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
