import type { Ending, HeaderFields } from './types.ts'

/** The head of a reply as a transport sends it. */
export interface Head {
  readonly status: number
  readonly text: string
  readonly headers: HeaderFields
  readonly gzip: boolean
}

/** What a transport does, one after the other. A list always ends in `finish` or `hang`. */
export type Action =
  | { readonly do: 'inform'; readonly status: number; readonly headers: HeaderFields }
  | { readonly do: 'head'; readonly head: Head }
  | { readonly do: 'write'; readonly bytes: Uint8Array }
  | { readonly do: 'raw'; readonly bytes: Uint8Array }
  | { readonly do: 'wait'; readonly ms: number }
  | { readonly do: 'gate'; readonly name: string }
  | { readonly do: 'channel'; readonly name: string }
  | { readonly do: 'hang' }
  /** `whole` is false when the body was cut: a gzip trailer is then left out. */
  | { readonly do: 'finish'; readonly by: Ending; readonly whole: boolean }

/** Between a step and an action: what is still to be shaped. */
export type Draft =
  | Action
  | { readonly do: 'set'; readonly head: Partial<Head> }
  | { readonly do: 'open' }
  | { readonly do: 'chunks'; readonly sizes: readonly number[]; readonly every: number }
