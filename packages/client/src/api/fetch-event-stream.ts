import type { RawEvent } from '../core/reading.ts'
import { EventStream } from './event-stream.ts'
import { absoluteUrl } from './absolute-url.ts'
import { checkStreamOptions, invalid } from './check-options.ts'
import { overlongId } from './last-event-id.ts'
import type { StreamOptions } from './options.ts'
import { policyOf } from './policy-of.ts'
import { originalHeaders, ownRequest, resumedRequest, type RequestParts } from './request.ts'
import type { Cursor, ResumePreset, Resume } from './resume.ts'
import type { StreamEvent } from './stream-event.ts'
import type { StreamPlan } from './stream-plan.ts'
import { terminatorOf } from './terminator-of.ts'

/**
 * Reads an event stream by fetch: an answer over POST, or a subscription by GET.
 *
 * @example
 * const stream = fetchEventStream('https://api.example/chat', { json: { prompt: 'Hi' }, until: '[DONE]' })
 * for await (const event of stream) console.log(event.data)
 * const { type } = await stream.outcome // 'complete' only if [DONE] came
 */
export function fetchEventStream(
  url: string | URL,
  options: StreamOptions<StreamEvent> = {},
): EventStream<StreamEvent> {
  return new EventStream(planOf(url, options, undecoded))
}

function undecoded(raw: RawEvent): StreamEvent {
  return { type: raw.type, data: raw.data, raw: raw.data, lastEventId: raw.lastEventId }
}

function planOf<Event extends StreamEvent<unknown>>(
  url: string | URL,
  options: StreamOptions<Event>,
  decode: StreamPlan<Event>['decode'],
): StreamPlan<Event> {
  checkStreamOptions(options)
  const parts = partsOf(url, options)
  const resume = presetOf(options.resume)
  const cold = options.cursor !== undefined
  const cursor: Cursor = options.cursor ?? { lastEventId: options.lastEventId ?? '', events: 0 }
  const policy = policyOf(options, {
    method: parts.method,
    kind: 'stream',
    resumes: resume !== null,
    cold,
    accept: options.accept ?? null,
    repeatable: options.idempotencyKey !== undefined,
    corsProbe: false,
  })
  const { terminator, predicate } = terminatorOf(options.until)
  return {
    options,
    policy,
    kind: policy.continues === 'always' ? 'subscription' : 'answer',
    terminator,
    predicate,
    errorOf: options.errorOf ?? null,
    decode,
    request: options.json,
    cursor,
    track: (before, raw, event) => {
      const mark = resume?.track?.(before.mark, event)
      const after = { lastEventId: raw.lastEventId, events: before.events + 1 }
      return mark === undefined ? after : { ...after, mark }
    },
    seen: resume?.seen,
    same: options.sameEvent,
    resumable: (at) =>
      resume !== null && (resume.ready?.(at) ?? at.lastEventId !== '') && overlongId(at.lastEventId) === null,
    prepare: async (preparing, at, response) => {
      if (preparing.type === 'request' || resume === null) {
        // An answer that is asked for anew has nothing to do with an ID from the reply that refused it.
        const id = policy.continues === 'always' ? at.lastEventId : options.lastEventId
        return ownRequest(parts, preparing, id ?? '')
      }
      const headers = await originalHeaders(parts, preparing)
      const request = { url: parts.url, method: parts.method, headers, json: options.json }
      const { attempt, signal } = preparing
      const resumed = await resume.request({ cursor: at, request, response, attempt, signal })
      return resumed === null ? null : resumedRequest(parts, resumed, headers)
    },
  }
}

/** A plain function resumes whatever there is; it says itself when it cannot. */
function presetOf(resume: Resume | undefined): ResumePreset | null {
  if (resume === undefined) return null
  return typeof resume === 'function' ? { request: resume, ready: () => true } : resume
}

function partsOf<Event>(url: string | URL, options: StreamOptions<Event>): RequestParts {
  const { credentials, mode, referrer, referrerPolicy, cache, json, idempotencyKey } = options
  const given = { credentials, mode, referrer, referrerPolicy, cache: cache ?? 'no-store' }
  return {
    url: absoluteUrl(url),
    method: (options.method ?? (json === undefined ? 'GET' : 'POST')).toUpperCase(),
    headers: options.headers,
    body: json === undefined ? options.body : textOf(json),
    accept: 'text/event-stream',
    extraHeaders: {
      ...(json === undefined ? {} : { 'content-type': 'application/json' }),
      ...(idempotencyKey === undefined ? {} : { 'idempotency-key': idempotencyKey }),
    },
    init: Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)),
  }
}

function textOf(json: unknown): string {
  try {
    const text: string | undefined = JSON.stringify(json)
    if (text !== undefined) return text
  } catch {
    // A ring, or a BigInt: the sentence below says it.
  }
  throw invalid('`json` has no JSON form: it holds a function, a BigInt or a ring')
}
