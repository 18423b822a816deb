export { encode } from './encode-event.ts'
export type { EncodableEvent } from './encode-event.ts'
