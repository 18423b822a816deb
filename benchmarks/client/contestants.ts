import type { Read } from './of-class.ts'

/**
 * A process measures one contestant and compiles nothing of the others. Each is a module that imports its library as a
 * program would, bare fetch too: what they start later than it is theirs, not the price of an `import()`.
 */
export const contestants: Readonly<Record<string, () => Promise<{ readonly read: Read }>>> = {
  EventSource: () => import('./contestants/millrace.ts'),
  'EventSource, its limit raised': () => import('./contestants/millrace-unlimited.ts'),
  'eventsource 5': () => import('./contestants/eventsource.ts'),
  'undici EventSource': () => import('./contestants/undici.ts'),
  'bare fetch': () => import('./contestants/bare-fetch.ts'),
}
