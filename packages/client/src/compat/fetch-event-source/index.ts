export { EventStreamContentType, fetchEventSource } from './fetch-event-source.ts'
export type { EventSourceMessage, FetchEventSourceInit } from './init.ts'
