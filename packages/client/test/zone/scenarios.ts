import { scenario, type Scenario } from '@millrace/test-server/scenario'

/** What the server plays for a story, and what the story says of it. */
export interface Telling {
  readonly server: Scenario
  readonly says: readonly string[]
}

export type Story = 'subscription' | 'answer'

/** By the story's name. Each reply is cut at the gate `cut`. */
export const tellings: Record<Story, Telling> = {
  subscription: {
    server: scenario(
      [{ type: 'event', id: '1', data: 'first' }, { type: 'gate', name: 'cut' }, { type: 'reset' }],
      [{ type: 'event', data: 'second' }, { type: 'hang' }],
    ),
    says: [
      'open in app',
      'first in app',
      'at rest',
      'error in app',
      'at rest',
      'open in app',
      'second in app',
    ],
  },
  answer: {
    server: scenario(
      [{ type: 'event', id: '1', data: 'one' }, { type: 'gate', name: 'cut' }, { type: 'reset' }],
      [{ type: 'event', data: 'two' }, { type: 'event', data: '[DONE]' }, { type: 'hang' }],
    ),
    says: ['one in app', 'at rest', 'two in app', 'complete in app'],
  },
}

/** The story has just said how it is before the cut: also where it is not at rest, so that a test shows what else it says. */
export function isFirstRest(said: readonly string[]): boolean {
  return said.findIndex((word) => word.endsWith('at rest')) === said.length - 1
}
