import { EventStreamError } from './event-stream-error.ts'

export function alreadyConsumed(): EventStreamError {
  return new EventStreamError({
    code: 'already-consumed',
    message: 'This stream has a consumer already. Use tee(stream, n) to read it more than once',
  })
}
