export { virtualTime } from './virtual-time.ts'
export type { VirtualTime, VirtualTimeOptions } from './virtual-time.ts'
