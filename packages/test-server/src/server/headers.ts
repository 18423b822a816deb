/**
 * Headers that get an event stream through what stands between: `no-transform` keeps proxies from compressing
 * and so from holding back, `x-accel-buffering` keeps nginx from buffering.
 */
export const EVENT_STREAM_HEADERS: Readonly<Record<string, string>> = {
  'content-type': 'text/event-stream',
  'cache-control': 'no-cache, no-transform',
  'x-accel-buffering': 'no',
}
