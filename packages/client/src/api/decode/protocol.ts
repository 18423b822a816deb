import type { RawEvent } from '../../core/reading.ts'
import type { ServerErrorFacts } from '../../core/failure.ts'
import type { Accept } from '../options.ts'
import type { Resume } from '../resume/resume.ts'
import type { StreamEvent } from './stream-event.ts'
import type { Until } from './until.ts'

/**
 * What a service's event stream means: data and small functions, for the option `protocol`. Options of the same name
 * win over these. Members that take an event are methods on purpose: what the server sends is only claimed to be an
 * `Event`, so a protocol of narrower events may stand where any protocol is taken.
 */
export interface Protocol<Event extends StreamEvent<unknown> = StreamEvent<unknown>, Usage = unknown> {
  /** Makes an event's data from its text. Default JSON. */
  readonly parse?: (data: string) => unknown
  /** What ends an answer. A predicate sees the data as parsed, before any schema. */
  readonly until?: Until<Event>
  /** An error in an event, or null. Asked before any schema. */
  errorOf?(event: Event): ServerErrorFacts | null
  /** An event that only keeps the connection open: neither parsed nor handed over. */
  keepsAlive?(event: RawEvent): boolean
  /** What to do with a reply; null leaves it to the standard. */
  readonly accept?: Accept
  /** The value of the Accept header. Default `text/event-stream`. */
  readonly accepts?: string
  /** How to go on with a cut answer. Default: it stays cut. */
  readonly resume?: Resume<Event>
  /** What this event adds to an answer. Default: data that is text is the text. */
  pieces?(event: Event): AnswerPieces<Usage>
  /** For types only. */
  readonly '~types'?: { readonly event: Event; readonly usage: Usage }
}

/** A protocol whose events add up to an answer. */
export interface AnswerProtocol<Event extends StreamEvent<unknown>, Usage> extends Protocol<Event, Usage> {
  /**
   * What this event adds to an answer.
   *
   * @example reduce: (text, event) => text + (openaiChat.pieces(event).text ?? '')
   */
  pieces(event: Event): AnswerPieces<Usage>
}

/** What is added to an answer. Members that are null add nothing. */
export interface AnswerPieces<Usage = unknown> {
  readonly text?: string | null | undefined
  readonly reasoning?: string | null | undefined
  /** What the model says in place of an answer. */
  readonly refusal?: string | null | undefined
  /** Texts of the same key belong together, where several are interleaved. */
  readonly key?: string | number | undefined
  readonly toolCalls?: readonly ToolCallPiece[] | undefined
  /** Members of later ones win. */
  readonly usage?: Partial<Usage> | null | undefined
  /** The last one wins. */
  readonly finishReason?: string | null | undefined
  /** What the answer is, told at its end: each member takes the place of all its pieces. */
  readonly whole?: WholeAnswer | undefined
}

/** An answer as its end tells it. */
export interface WholeAnswer {
  readonly text?: string
  readonly reasoning?: string
  readonly refusal?: string
  readonly toolCalls?: readonly PartialToolCall[]
}

/** A call of a tool as far as it was received. The text of its arguments is JSON only once it is complete. */
export interface PartialToolCall {
  /** Joins the pieces of one call: the service's index or ID. */
  readonly key: string | number
  readonly id: string
  readonly name: string
  readonly arguments: string
}

/** What an event adds to a tool call. */
export interface ToolCallPiece {
  /**
   * Pieces of one call have the same key, and one with a name and another ID than the first begins another call. A piece
   * without a key is a call of its own. A call without a name is left out.
   */
  readonly key?: string | number | undefined
  readonly id?: string | undefined
  readonly name?: string | undefined
  /** The next piece of the arguments' JSON. */
  readonly arguments?: string | undefined
  /** The whole JSON of the arguments: with it, their pieces are left aside. */
  readonly whole?: string | undefined
  /** True: it is not for the app to carry out, since the server does, did, or refused. The call is left out. */
  readonly settled?: boolean | undefined
}

/** The type of a protocol's events. For one written in place, what its `parse` gives; else unknown. */
export type EventOfProtocol<P> = P extends {
  readonly '~types'?: { readonly event: infer Event extends StreamEvent<unknown> }
}
  ? Event
  : P extends { readonly parse: (data: string) => infer Data }
    ? StreamEvent<Awaited<Data>>
    : StreamEvent<unknown>

/** The type of a protocol's figures on token usage. */
export type UsageOfProtocol<P> = P extends { readonly '~types'?: { readonly usage: infer Usage } }
  ? Usage
  : unknown
