export { fakeFetch, FakeFetch } from './web/fake-fetch.ts'
export type { FakeFetchOptions } from './web/fake-fetch.ts'
export type { TimeSource } from './clock.ts'
