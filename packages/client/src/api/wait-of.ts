/** For the compatible faces, which stand on the API alone. */
export { waitOf } from '../core/retry-policy.ts'
