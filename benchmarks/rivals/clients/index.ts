import type { Client } from '../../../test/faults/client.ts'

/** Each client by a short name, loaded when it is needed: none of them shall see the others. */
export const clients: Readonly<Record<string, () => Promise<Client>>> = {
  millrace: async () => (await import('../../../test/faults/our-class.ts')).ourClass,
  eventsource: async () => (await import('./eventsource.ts')).eventsource,
  'eventsource-client': async () => (await import('./eventsource-client.ts')).eventsourceClient,
  'fetch-event-source': async () => (await import('./fetch-event-source.ts')).fetchEventSource,
  undici: async () => (await import('./undici.ts')).undici,
  launchdarkly: async () => (await import('./launchdarkly.ts')).launchdarkly,
}
