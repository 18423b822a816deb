/**
 * A fetch as it is called: with the URL as text, and with headers in a plain object. One of an app may spread them to add
 * its own, of which nothing would be left of a `Headers`. It need not take a `Request`.
 */
export type Fetch = (url: string, init: FetchInit) => Promise<Response>

/** What a fetch is called with. Outside pages the headers are named as `Accept` is, in pages as `accept` is. */
export type FetchInit = Omit<RequestInit, 'headers'> & { headers?: Record<string, string> }
