export { fetchEventStream } from './api/fetch-event-stream.ts'
export type { EventStream } from './api/event-stream.ts'
export { EventStreamError } from './api/event-stream-error.ts'
export type { ErrorCode } from './api/event-stream-error.ts'
export type { Observation } from './api/observation.ts'
export type {
  AttemptContext,
  ConnectionOptions,
  LimitOptions,
  PerAttempt,
  ProtocolParts,
  RetryOptions,
  ServerErrorFacts,
  StreamOptions,
  TimeoutOptions,
  Until,
  UntilPredicate,
} from './api/options.ts'
export type { Outcome, OutcomeType } from './api/outcome.ts'
export { lastEventIdGet } from './api/resume.ts'
export type {
  Cursor,
  Resume,
  ResumeContext,
  ResumeFunction,
  ResumePreset,
  ResumeRequest,
} from './api/resume.ts'
export type { StreamEvent } from './api/stream-event.ts'
export type { Runtime } from './io/runtime.ts'
