import type { PartialToolCall } from '../decode/protocol.ts'
import type { Outcome, OutcomeType } from '../stream/outcome.ts'

/** A call that may be carried out: only the tool calls of a complete answer have `input`. */
export interface ToolCall extends PartialToolCall {
  /** The arguments, parsed; undefined when what the model wrote is not JSON. */
  readonly input: unknown
}

/** What was received of an answer. Plain JSON. */
export interface PartialAnswer<Usage = unknown> {
  readonly text: string
  readonly reasoning: string
  /** What the model said in place of an answer; empty if it did answer. */
  readonly refusal: string
  readonly toolCalls: readonly PartialToolCall[]
  /** In the service's own words; null before it tells. */
  readonly usage: Partial<Usage> | null
  /** In the service's own words; null before it tells. */
  readonly finishReason: string | null
}

/** An answer that is known to be complete. */
export interface Answer<Usage = unknown> extends PartialAnswer<Usage> {
  readonly toolCalls: readonly ToolCall[]
}

/** What was received, and how it ended: `outcome.type === 'complete'` gives `outcome.answer`. */
export interface Collected<Usage = unknown> extends PartialAnswer<Usage> {
  readonly outcome: CollectedOutcome<Usage>
}

/** How it ended; `answer` is there only if it is complete. */
export type CollectedOutcome<Usage = unknown> =
  | (Outcome & { readonly type: 'complete'; readonly answer: Answer<Usage> })
  | (Outcome & { readonly type: Exclude<OutcomeType, 'complete'> })
