import type { Action, Draft } from './action.ts'
import type { Step } from './types.ts'

/** Ends a body when exactly so many bytes of it are written; when it is shorter, it ends as it would. An empty one can be cut at 0. */
export function* cutBody(
  actions: Iterable<Action>,
  cut: Extract<Step, { type: 'cut' }>,
): Generator<Action, void, undefined> {
  let left = cut.at
  for (const action of actions) {
    const size = action.do === 'write' ? action.bytes.length : 0
    const reached = action.do === 'write' ? size >= left : left === 0 && isEnd(action)
    if (!reached) {
      yield action
      left -= size
      continue
    }
    if (action.do === 'write' && left > 0) yield { do: 'write', bytes: action.bytes.subarray(0, left) }
    if (cut.wait !== undefined) yield { do: 'wait', ms: cut.wait }
    if (cut.gate !== undefined) yield { do: 'gate', name: cut.gate }
    yield { do: 'finish', by: cut.by ?? 'reset', whole: false }
    return
  }
}

function isEnd(action: Action): boolean {
  return action.do === 'finish' && action.by === 'end'
}

/** Carries out `chunks` drafts: later writes go out in pieces of the given sizes. */
export function* splitWrites(
  drafts: Iterable<Draft>,
): Generator<Exclude<Draft, { do: 'chunks' }>, void, undefined> {
  let sizes: Iterator<number> | undefined
  let every = 0
  for (const draft of drafts) {
    if (draft.do === 'chunks') {
      sizes = lastRepeats(draft.sizes)
      every = draft.every
    } else if (draft.do === 'write' && sizes !== undefined) {
      let rest = draft.bytes
      while (rest.length > 0) {
        const size = sizes.next().value ?? rest.length
        yield { do: 'write', bytes: rest.subarray(0, size) }
        rest = rest.subarray(size)
        if (every > 0) yield { do: 'wait', ms: every }
      }
    } else yield draft
  }
}

function* lastRepeats(sizes: readonly number[]): Generator<number, void, undefined> {
  yield* sizes
  for (;;) yield sizes.at(-1) ?? 1
}
