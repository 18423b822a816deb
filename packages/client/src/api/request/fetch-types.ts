export type { Fetch } from '../../io/fetch.ts'

/**
 * What fetch takes, by the names that the DOM's types and those of Node have in common: a program for Node need not
 * have the DOM's.
 */
export type HeadersInit = NonNullable<RequestInit['headers']>
export type BodyInit = NonNullable<RequestInit['body']>
