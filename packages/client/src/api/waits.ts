/** The bounds of every wait, for the compatible faces, which stand on the API alone. */
export { longestDelay, waitOf } from '../core/retry-policy.ts'
