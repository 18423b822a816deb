export { createParser } from './create-parser.ts'
export { ParseError } from './errors.ts'
export type { ErrorType, LimitOption } from './errors.ts'
export { parseEventStream } from './parse-event-stream.ts'
export type { EventStreamOptions, EventStreamSource, ParsedEventStream } from './parse-event-stream.ts'
export type {
  Chunk,
  EventSourceMessage,
  EventSourceParser,
  ParserCallbacks,
  ParserConfig,
  ParserLimits,
} from './types.ts'
