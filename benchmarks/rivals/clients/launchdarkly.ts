import { EventSource } from 'launchdarkly-eventsource'
import type { Client } from '../../../test/faults/client.ts'
import { clientOf } from './of-class.ts'

export const launchdarkly: Client = clientOf('launchdarkly-eventsource 2.2.0', ({ url, view }) => {
  const { headers } = view.request ?? {}
  return new EventSource(url, { ...(headers && { headers }) })
})
