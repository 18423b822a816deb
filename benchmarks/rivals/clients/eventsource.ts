import { EventSource } from 'eventsource'
import type { Client } from '../../../test/faults/client.ts'
import { clientOf } from './of-class.ts'

export const eventsource: Client = clientOf('eventsource 5.1.5', ({ url, view }) => {
  const { headers } = view.request ?? {}
  return new EventSource(url, {
    ...(headers && {
      fetch: (input, init) => fetch(input, { ...init, headers: { ...init.headers, ...headers } }),
    }),
  })
})
