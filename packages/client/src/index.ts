export { createEventStore } from './api/event-store.ts'
export type { EventStore } from './api/event-store.ts'
export { EventSource } from './api/event-source.ts'
export type { EventSourceErrorEvent, EventSourceInit } from './api/event-source-types.ts'
export { fetchEventStream } from './api/fetch-event-stream.ts'
export type { EventStream } from './api/event-stream.ts'
export { collect, textOf } from './api/collect.ts'
export type { Collect, CollectOptions, EventSourceOf } from './api/collect.ts'
export type {
  Answer,
  Collected,
  CollectedOutcome,
  PartialAnswer,
  PartialToolCall,
  ToolCall,
} from './api/answer.ts'
export { IncompleteAnswerError } from './api/incomplete-answer-error.ts'
export { EventStreamError } from './api/event-stream-error.ts'
export type { ErrorCode } from './api/event-stream-error.ts'
export type { Observation } from './api/observation.ts'
export type {
  AttemptContext,
  ConnectionOptions,
  LimitOptions,
  PerAttempt,
  RetryOptions,
  ServerErrorFacts,
  StreamOptions,
  StreamParts,
  TimeoutOptions,
} from './api/options.ts'
export type { Outcome, OutcomeType } from './api/outcome.ts'
export { chatGet, lastEventIdGet, lastEventIdQuery, openaiBackground } from './api/resume-presets.ts'
export type {
  Cursor,
  Resume,
  ResumeContext,
  ResumeFunction,
  ResumePreset,
  ResumeRequest,
} from './api/resume.ts'
export type { StreamLike } from './api/stream-like.ts'
export { tee } from './api/tee.ts'
export type { Branch, TeeOptions } from './api/tee.ts'
export { toReadableStream } from './api/to-readable-stream.ts'
export { toResponse } from './api/to-response.ts'
export type { ResponseOptions } from './api/to-response.ts'
export type { ReducerOptions, StoreOptions } from './api/store-options.ts'
export type { EventStoreSnapshot, Phase } from './api/store-snapshot.ts'
export type { EventFlow, StoreLink, StoreSource } from './api/store-source.ts'
export type { PieceSink, Protocol, ToolCallPiece } from './api/protocol.ts'
export type { StandardSchema } from './api/standard-schema.ts'
export type { InvalidEvent, OtherEvent, StreamEvent } from './api/stream-event.ts'
export type { OnInvalid, Others, TypedEvent, TypedOptions } from './api/typing.ts'
export type { Until, UntilContext, UntilPredicate } from './api/until.ts'
export type { Runtime } from './io/runtime.ts'
export type { Batching, Schedule } from './io/batching.ts'
