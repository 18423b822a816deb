export { createEventStore } from './api/store/event-store.ts'
export type { EventStore } from './api/store/event-store.ts'
export { EventSource } from './api/event-source/event-source.ts'
export type { EventSourceConstructor } from './api/event-source/event-source.ts'
export type {
  DataByName,
  EventSourceErrorEvent,
  EventSourceInit,
  EventSourceMessageEvent,
} from './api/event-source/types.ts'
export { fetchEventStream } from './api/stream/fetch-event-stream.ts'
export type { EventStream } from './api/stream/event-stream.ts'
export { collect, textOf } from './api/collect/collect.ts'
export type { Collect, CollectOptions, AnswerSource } from './api/collect/collect.ts'
export type { Answer, Collected, CollectedOutcome, PartialAnswer, ToolCall } from './api/collect/answer.ts'
export { IncompleteAnswerError } from './api/collect/incomplete-answer-error.ts'
export { EventStreamError } from './api/errors/event-stream-error.ts'
export type { ErrorCode } from './api/errors/event-stream-error.ts'
export type { Observation } from './api/observation.ts'
export type {
  Accept,
  AcceptContext,
  AttemptContext,
  ConnectionOptions,
  LimitOptions,
  PerAttempt,
  RetryOptions,
  StreamOptions,
  StreamParts,
  TimeoutOptions,
} from './api/options.ts'
export type {
  EventFacts,
  Issue,
  LimitName,
  RedirectFacts,
  RedirectReason,
  ReplyFacts,
  ServerErrorFacts,
  TimeoutName,
} from './core/failure.ts'
export type { RetryContext } from './core/policy.ts'
export type { RawEvent } from './core/reading.ts'
export type { Acceptance } from './core/state.ts'
export type { Outcome, OutcomeType } from './api/stream/outcome.ts'
export { chatGet, lastEventIdGet, lastEventIdQuery, openaiBackground } from './api/resume/resume-presets.ts'
export type {
  Cursor,
  JsonValue,
  OriginalRequest,
  Resume,
  ResumeContext,
  ResumeFunction,
  ResumePreset,
  ResumeRequest,
} from './api/resume/resume.ts'
export type { StreamLike } from './api/pass-on/stream-like.ts'
export { tee } from './api/pass-on/tee.ts'
export type { Branch, TeeOptions } from './api/pass-on/tee.ts'
export { toReadableStream } from './api/pass-on/to-readable-stream.ts'
export { toResponse } from './api/pass-on/to-response.ts'
export type { ResponseOptions } from './api/pass-on/to-response.ts'
export type { ReducerOptions, StoreOptions } from './api/store/store-options.ts'
export type { ConnectionStatus, EventStoreSnapshot, Phase } from './api/store/store-snapshot.ts'
export type { EventFlow, StoreLink, StoreSource } from './api/store/store-source.ts'
export type {
  AnswerPieces,
  AnswerProtocol,
  PartialToolCall,
  Protocol,
  ToolCallPiece,
  WholeAnswer,
} from './api/decode/protocol.ts'
export type { SchemaOption, StandardSchema } from './api/decode/standard-schema.ts'
export type { InvalidEvent, OtherEvent, StreamEvent } from './api/decode/stream-event.ts'
export type { NotGiven, OnInvalid, Others, TypedEvent, TypedOptions, UsageOf } from './api/decode/typing.ts'
export type { Until, UntilContext, UntilPredicate } from './api/decode/until.ts'
export type { Fetch, FetchInit } from './io/fetch.ts'
export type { Runtime } from './io/runtime.ts'
export type { Batching, Schedule } from './io/batching.ts'
