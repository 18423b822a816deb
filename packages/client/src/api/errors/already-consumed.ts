import { EventStreamError } from './event-stream-error.ts'

export function alreadyConsumed(): EventStreamError {
  return new EventStreamError({
    code: 'already-consumed',
    message: 'This stream has a consumer: use tee(stream, n)',
  })
}
