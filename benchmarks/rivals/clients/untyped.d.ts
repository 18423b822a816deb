/** The package has no types; this is as much of it as we use. */
declare module 'launchdarkly-eventsource' {
  export class EventSource {
    constructor(url: string, init: { readonly headers?: Readonly<Record<string, string>> })
    readonly readyState: number
    addEventListener(type: string, listener: (event: object) => void): void
    close(): void
  }
}
