import { longestDelay } from '../../api/waits.ts'

/** Waits, but not longer than the signal lasts. */
export function pause(ms: number, signal: AbortSignal | null | undefined): Promise<void> {
  return until(signal, (done) => {
    const timer = setTimeout(done, Math.min(ms, longestDelay))
    return () => clearTimeout(timer)
  })
}

/** Waits until the page is shown; at once where there is no page. */
export function shown(signal: AbortSignal | null | undefined): Promise<void> {
  if (!isHidden()) return Promise.resolve()
  return until(signal, (done) => onVisibility(() => isHidden() || done()))
}

/** Calls `hide` when the page is hidden; returns a function that stops that. */
export function onHidden(hide: () => void): () => void {
  return onVisibility(() => void (isHidden() && hide()))
}

function isHidden(): boolean {
  return typeof document !== 'undefined' && document.visibilityState === 'hidden'
}

function onVisibility(listener: () => void): () => void {
  if (typeof document === 'undefined') return () => {}
  document.addEventListener('visibilitychange', listener)
  return () => document.removeEventListener('visibilitychange', listener)
}

/** Waits for something that calls back, or for the signal to abort; nothing is left behind. */
async function until(
  signal: AbortSignal | null | undefined,
  start: (done: () => void) => () => void,
): Promise<void> {
  if (signal?.aborted) return
  let stop = () => {}
  let release = () => {}
  await new Promise<void>((resolve) => {
    release = resolve
    signal?.addEventListener('abort', release)
    stop = start(resolve)
  })
  signal?.removeEventListener('abort', release)
  stop()
}
