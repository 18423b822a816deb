import type { Read } from './read.ts'

/**
 * A process measures one contestant and compiles nothing of the others. Each is a module that imports its library as a
 * program would, bare fetch too: what they start later than it is theirs, not the price of an `import()`.
 */
export const contestants: Readonly<Record<string, () => Promise<{ readonly read: Read }>>> = {
  EventSource: () => import('./contestants/millrace.ts'),
  'EventSource, its limit raised': () => import('./contestants/millrace-unlimited.ts'),
  'eventsource 5': () => import('./contestants/eventsource.ts'),
  'undici EventSource': () => import('./contestants/undici.ts'),
  fetchEventStream: () => import('./contestants/fetch-event-stream.ts'),
  'fetchEventStream, batches()': () => import('./contestants/batches.ts'),
  'eventsource-client, iterator': () => import('./contestants/eventsource-client.ts'),
  'fetch and eventsource-parser by hand': () => import('./contestants/by-hand.ts'),
  'bare fetch': () => import('./contestants/bare-fetch.ts'),
}
