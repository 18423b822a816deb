/**
 * The reason of a close without one, like a signal's own: signals of React Native before 0.86 have none. Not a
 * DOMException, which React Native lacks.
 */
export function closedBefore(): Error {
  return Object.assign(new TypeError('Closed'), { name: 'AbortError' })
}
