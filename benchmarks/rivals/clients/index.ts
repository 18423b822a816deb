import { readFile } from 'node:fs/promises'
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

const PACKAGES: Readonly<Record<string, string>> = {
  eventsource: 'eventsource',
  'eventsource-client': 'eventsource-client',
  'fetch-event-source': '@microsoft/fetch-event-source',
  undici: 'undici',
  launchdarkly: 'launchdarkly-eventsource',
}

/** Package and version of a client; ours is the one of this tree. */
export async function packageOf(client: string): Promise<string> {
  const name = PACKAGES[client]
  if (name === undefined) return '@millrace/client, EventSource'
  const json = await readFile(new URL(`../node_modules/${name}/package.json`, import.meta.url), 'utf8')
  return `${name} ${(JSON.parse(json) as { version: string }).version}`
}
