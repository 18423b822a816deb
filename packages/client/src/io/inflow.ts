import {
  createParser,
  type EventSourceMessage,
  type EventSourceParser,
  type ParseError,
  type ParserConfig,
} from '@millrace/parser'
import { gathering } from '#platform'
import type { Failure } from '../core/failure.ts'
import type { RawEvent } from '../core/reading.ts'
import type { Stray, Strays } from './strays.ts'
import type { Whole } from './whole.ts'

/** What the stream said beside events, in its place between them. Told apart by `note`: an event's `type` is its name. */
export type Note =
  | { readonly note: 'comment'; readonly comment: string }
  /** `before: 'event'`: the block has data too, so its event is next. */
  | { readonly note: 'id'; readonly id: string; readonly before?: 'event' }
  | { readonly note: 'retry'; readonly ms: number }
  /** Bare JSON between the events. */
  | { readonly note: 'stray'; readonly stray: Stray }

/** An event in the queue. Where nothing is decoded the consumer gets this very object: a second one for each would cost. */
export interface QueuedEvent extends RawEvent {
  /** The same as `data`, under the name that the text has where `data` is decoded. */
  readonly raw: string
}

export type Item = QueuedEvent | Note

export interface InflowLimits {
  /** Bytes of UTF-8. */
  readonly event: number
  readonly id: number
}

/**
 * Bytes in, a queue of events and notes out. Everything an app sees in order goes through the one queue: a comment
 * told at parse time would overtake the events before it.
 */
export class Inflow implements ParserConfig {
  /** The last event ID string as parsed: what the next request sends, while the rest of the chunk is still queued. */
  declare lastEventId: string
  /** The last `retry` as parsed, in ms; the initial delay until there is one. */
  declare reconnectionTime: number
  bytes = 0
  /** How many events the last chunk brought. */
  arrived = 0
  declare readonly maxBufferSize: number
  declare readonly maxFieldSize: number
  readonly #parser: EventSourceParser
  /** Null, not empty: V8 takes an empty array for one of integers, and compiles twice what fills it with events. */
  #items: Item[] | null = null
  #head = 0
  /** Null while a body is read: then the parser knows. */
  #tail: number | null = 0
  /** Null while there were no lines that are no field: nearly always. */
  #strays: Strays | null = null
  readonly #newStrays: (() => Strays) | undefined
  /** What has come of a body that is one event. */
  #whole: Whole | undefined
  /** A limit was passed, which ends parsing until the next body. */
  #failure: Failure | null = null

  constructor(limits: InflowLimits, lastEventId: string, reconnectionTime: number, newStrays?: () => Strays) {
    this.#newStrays = newStrays
    this.maxBufferSize = limits.event
    this.maxFieldSize = limits.id
    this.lastEventId = lastEventId
    this.reconnectionTime = reconnectionTime
    // This object is the configuration, so that none is made for it: thousands of connections may wait.
    this.#parser = gathering(createParser)(this)
  }

  onEvent({ event, data, id }: EventSourceMessage): void {
    if (id !== undefined && this.#items !== null)
      this.#items[this.#items.length - 1] = { note: 'id', id, before: 'event' }
    this.#enqueue(event ?? 'message', data)
  }

  onId(id: string): void {
    this.lastEventId = id
    this.#add({ note: 'id', id })
  }

  onRetry(ms: number): void {
    this.reconnectionTime = ms
    this.#add({ note: 'retry', ms })
  }

  onComment(comment: string): void {
    this.#add({ note: 'comment', comment })
  }

  onError({ option, line }: ParseError): void {
    if (option === 'maxFieldSize') this.#failure = tooLarge('id', this.maxFieldSize)
    else if (option !== undefined) this.#failure = tooLarge('event', this.maxBufferSize)
    else if (line !== undefined) this.#strayLine(line)
  }

  /** A getter takes no memory: thousands of connections may wait. */
  get maxUnknownSize(): number {
    return 16_384
  }

  /** Bytes of a block that no blank line has ended. */
  get tail(): number {
    return this.#tail ?? this.#parser.pending
  }

  /** The first line that opened something like bare JSON; empty if there was none. */
  get strayLine(): string {
    return this.#strays?.firstLine ?? ''
  }

  /** A new body: what was unfinished of the last one is dropped, the last event ID stays. `whole`: for one that is one event. */
  open(whole?: Whole): void {
    this.#parser.reset()
    this.#whole = whole
    this.#failure = null
    this.#tail = null
    this.#strays = null
  }

  /** The body is over: the bare JSON that its unfinished last line completes. */
  end(): Stray | null {
    this.#tail = this.#parser.pending
    this.#parser.reset({ consume: true })
    // By the standard an unfinished line is not read: only what is no field of an event counts.
    const last = this.#items?.[0]
    this.clear()
    return last !== undefined && 'stray' in last ? last.stray : null
  }

  /** Parses a chunk. Gives a failure when a limit is passed; what came before it stays in the queue. */
  feed(chunk: Uint8Array): Failure | null {
    this.bytes += chunk.byteLength
    this.arrived = 0
    if (this.#whole !== undefined) return this.#whole.add(chunk, this.maxBufferSize)
    this.#parser.feed(chunk)
    return this.#failure
  }

  /** The body that is one event is over. */
  endWhole(): void {
    if (this.#whole !== undefined) this.#enqueue('message', this.#whole.end())
  }

  #enqueue(type: string, data: string): void {
    this.arrived++
    this.#add({ type, data, raw: data, lastEventId: this.lastEventId })
  }

  #strayLine(line: string): void {
    this.#strays ??= this.#newStrays?.() ?? null
    const stray = this.#strays?.add(line)
    if (stray) this.#add({ note: 'stray', stray })
  }

  #add(item: Item): void {
    if (this.#items === null) this.#items = [item]
    else this.#items.push(item)
  }

  shift(): Item | undefined {
    if (this.#items === null) return undefined
    if (this.#head < this.#items.length) return this.#items[this.#head++]
    this.clear()
    return undefined
  }

  /** Drops what is queued: after the end of the stream nothing more is told. */
  clear(): void {
    this.#items = null
    this.#head = 0
  }
}

function tooLarge(limit: 'event' | 'id', bytes: number): Failure {
  return { code: 'too-large', limit, bytes }
}
