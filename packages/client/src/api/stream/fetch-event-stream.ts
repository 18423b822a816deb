import { absoluteUrl, isFetchable, unfetchable } from '../request/absolute-url.ts'
import { checkStreamOptions } from '../check-options.ts'
import { resumedRequest } from '../resume/resumed-request.ts'
import { invalid } from '../errors/invalid.ts'
import { isGiven } from '../is-given.ts'
import { decodingOf } from '../decode/decoding-of.ts'
import { given } from '../given.ts'
import { overlongId } from '../request/last-event-id.ts'
import { policyOf } from '../policy-of.ts'
import { ownRequest, type RequestParts } from '../request/request.ts'
import type { Cursor, ResumePreset, Resume } from '../resume/resume.ts'
import { headersNow, methodOf } from '../request/sendable.ts'
import { EventStream } from './event-stream.ts'
import type { StreamEvent } from '../decode/stream-event.ts'
import type { StreamPlan } from './stream-plan.ts'
import type { Protocol } from '../decode/protocol.ts'
import type { QueuedEvent } from '../../io/inflow.ts'
import type { SchemaOption } from '../decode/standard-schema.ts'
import type {
  AnyOptions,
  NotGiven,
  OnInvalid,
  Others,
  TypedEvent,
  TypedOptions,
  UsageOf,
} from '../decode/typing.ts'

/**
 * Reads an event stream by fetch: an answer over POST (`json`, or `method` and `body`), or a subscription by GET, which
 * reconnects. The request starts at the call, the body is read as the loop pulls. The loop throws an `EventStreamError`
 * when the answer is cut or refused, and the reason of the `signal` that aborts it.
 *
 * @example
 * const stream = fetchEventStream('https://api.example/chat', { json: { prompt: 'Hi' }, until: '[DONE]' })
 * for await (const event of stream) console.log(event.data)
 * const { type } = await stream.outcome // 'complete' only if [DONE] came
 *
 * @example
 * const prices = fetchEventStream(url, { schema: { price: z.object({ cents: z.number() }), halt: Halt } })
 * for await (const event of prices) if (event.type === 'price') show(event.data.cents)
 * @throws {EventStreamError} `invalid-option`, at the call, for options that cannot become a request
 */
export function fetchEventStream<
  P extends Protocol | NotGiven = NotGiven,
  Data = NotGiven,
  S extends SchemaOption | NotGiven = NotGiven,
  O extends Others = 'skip',
  I extends OnInvalid = 'throw',
>(
  url: string | URL,
  options?: TypedOptions<P, Data, S, O, I>,
): EventStream<TypedEvent<P, Data, S, O, I>, UsageOf<P>>
export function fetchEventStream(
  url: string | URL,
  options: AnyOptions = {},
): EventStream<StreamEvent<unknown>> {
  return new EventStream(planOf(url, options))
}

/** One function for all streams: V8 would compile its callers anew for each other one. */
const asItIs = (queued: QueuedEvent): StreamEvent => queued

function planOf(url: string | URL, options: AnyOptions): StreamPlan<StreamEvent<unknown>> {
  const parts = partsOf(url, options)
  checkStreamOptions(options, parts)
  const protocol = options.protocol ?? null
  const resume = presetOf(options.resume ?? protocol?.resume)
  const cold = isGiven(options.cursor)
  const cursor: Cursor = options.cursor ?? { lastEventId: options.lastEventId ?? '', events: 0 }
  const policy = policyOf(options, {
    method: parts.method,
    standard: false,
    resumes: resume !== null,
    cold,
    accept: (reply) => (options.accept ?? protocol?.accept)?.(reply, { request: parts.json }),
    repeatable: isGiven(options.idempotencyKey),
    probe: null,
  })
  const { terminator, decode } = decodingOf(options)
  const subscribes = policy.continues === 'always'
  return {
    options,
    policy,
    terminator,
    decode,
    plain: asItIs,
    protocol,
    cursor,
    track: resume?.track,
    seen: resume?.seen,
    same: options.sameEvent,
    resumable: (at) =>
      (subscribes || resume !== null) &&
      overlongId(at.lastEventId) === null &&
      (resume?.ready?.(at, parts.json) ?? at.lastEventId !== ''),
    prepare: async (preparing, at, response) => {
      // An answer is asked for anew without an ID from the reply that refused it.
      const id = (subscribes ? at : options).lastEventId ?? ''
      // A subscription goes on from an ID that the app has given as from those of the server.
      if (resume === null || (preparing.type === 'request' && !(subscribes && id))) {
        return ownRequest(parts, preparing, id)
      }
      const plan = await resumedRequest(parts, resume.request, { cursor: at, response }, preparing)
      // Throws for a scheme that fetch refuses: it would refuse it at every attempt.
      if (plan !== null) targetOf(plan.url, options)
      return plan
    },
  }
}

/** A plain function is always asked: it returns null when it cannot resume. */
function presetOf(resume: Resume | undefined): ResumePreset | null {
  return typeof resume === 'function' ? { request: resume, ready: () => true } : (resume ?? null)
}

/** Members of fetch's own init that are passed on as they are. */
const passedOn = ['credentials', 'mode', 'referrer', 'referrerPolicy', 'cache'] as const

function partsOf(url: string | URL, options: AnyOptions): RequestParts {
  const { json, idempotencyKey } = options
  return {
    url: targetOf(url, options).href,
    method: methodOf((options.method ?? (json === undefined ? 'GET' : 'POST')).toUpperCase()),
    headers: headersNow(options.headers),
    body: json === undefined ? options.body : jsonText(json),
    json,
    accept: options.protocol?.accepts ?? 'text/event-stream',
    extraHeaders: {
      ...(json !== undefined && { 'content-type': 'application/json' }),
      ...(idempotencyKey && { 'idempotency-key': idempotencyKey }),
    },
    init: { cache: 'no-store', ...given(options, passedOn) },
  }
}

function targetOf(url: string | URL, { fetch }: AnyOptions): URL {
  const target = absoluteUrl(url)
  if (fetch || isFetchable(target)) return target
  throw unfetchable(target)
}

function jsonText(json: unknown): string {
  try {
    const text: string | undefined = JSON.stringify(json)
    if (text !== undefined) return text
  } catch {
    // A circular object, or a BigInt: the error below says so.
  }
  throw invalid('`json` has no JSON form: a function, BigInt or ring')
}
