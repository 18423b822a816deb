/**
 * The reason of a close without one, like a signal's own: signals of React Native before 0.86 have none. Not a
 * DOMException, which React Native lacks.
 */
export function closedBefore(): Error {
  return new Closed('Closed')
}

class Closed extends TypeError {
  // A member of its own: under frozen intrinsics (SES) nobody assigns what a prototype has.
  override readonly name = 'AbortError'
}
