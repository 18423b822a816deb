/**
 * The reason of a stop, be it null; without one an error like a signal's own: signals of React Native before 0.86 have none.
 * Not a DOMException, which React Native lacks.
 */
export function stopReason(given: unknown = new Closed('Closed')): unknown {
  return given
}

class Closed extends TypeError {
  // A member of its own: under frozen intrinsics (SES) nobody assigns what a prototype has.
  override readonly name = 'AbortError'
}
