import { memberOf } from '../../core/member-of.ts'
import { jsonIn } from '../json-in.ts'
import { lastEventIdHeader, overlongId } from '../request/last-event-id.ts'
import { withoutBodyHeaders } from './resumed-request.ts'
import type { JsonValue, ResumePreset } from './resume.ts'
import type { StreamEvent } from '../decode/stream-event.ts'

/**
 * Goes on by GET at the same URL with Last-Event-ID, as MCP up to 2025-11-25 does.
 *
 * @example fetchEventStream(url, { json, until: '[DONE]', resume: lastEventIdGet })
 */
export const lastEventIdGet: ResumePreset = {
  request: ({ cursor, request }) => {
    const headers = withoutBodyHeaders(request.headers)
    const id = lastEventIdHeader(cursor.lastEventId)
    if (id !== null) headers.set('last-event-id', id)
    return { url: request.url, headers }
  },
  // Without an ID that a header can carry it would ask for the whole answer again.
  ready: ({ lastEventId }) => lastEventIdHeader(lastEventId) !== null,
}

/**
 * Goes on by GET at the same URL with the last event ID in its query. A page that reads from another origin needs
 * no preflight for it, and no server that allows the header.
 *
 * @example fetchEventStream(url, { resume: lastEventIdQuery('lastEventId') })
 */
export function lastEventIdQuery(name: string): ResumePreset {
  return {
    request: ({ cursor: { lastEventId }, request }) => {
      const url = new URL(request.url)
      // A URL that long is refused as well, for ever.
      if (lastEventId !== '' && overlongId(lastEventId) === null) {
        const others = url.search
          .slice(1)
          .split('&')
          .filter((pair) => pair !== '' && !isNamed(pair, name))
        // The mark by hand: a parameter may begin with another one, which would be taken for it.
        url.search = `?${[...others, new URLSearchParams([[name, lastEventId]])].join('&')}`
      }
      return { url }
    },
  }
}

/** Of a pair as it stands in the query: the others stay as they are, since a signature may be among them. */
function isNamed(pair: string, name: string): boolean {
  return new URLSearchParams(`?${pair}`).has(name)
}

/**
 * Goes on with a chat of the AI SDK: GET at `<url>/<chat id>/stream`, where the ID is the request's `json.id`. The
 * reply begins with the answer's first event again, so as many as were handed over are dropped. A 204 says that
 * nothing is running.
 *
 * @example fetchEventStream('/api/chat', { json: { id, messages }, until: '[DONE]', resume: chatGet })
 */
export const chatGet: ResumePreset = {
  request: ({ request }) => {
    const id = segmentOf(memberOf(request.json, 'id'))
    return id === null ? null : { url: below(request.url, `${id}/stream`) }
  },
  ready: (_, json) => segmentOf(memberOf(json, 'id')) !== null,
  seen: (before, _event, position) => position < before.events,
}

/**
 * Goes on with an answer of OpenAI's Responses API that was asked for with `background: true`: GET at
 * `<url>/<response id>` from the last `sequence_number`. The ID is that of `response.created`. Any other answer stays cut.
 * Part of `openaiResponses`.
 *
 * @example fetchEventStream(url, { json: { ...request, background: true, stream: true }, resume: openaiBackground })
 */
export const openaiBackground: ResumePreset = {
  request: ({ cursor, request }) => {
    const { response, after } = placeIn(cursor.mark)
    const id = segmentOf(response)
    if (id === null || after === null || !isBackground(request.json)) return null
    const url = below(request.url, id)
    url.searchParams.set('stream', 'true')
    url.searchParams.set('starting_after', String(after))
    return { url }
  },
  ready: (cursor, json) => {
    const { response, after } = placeIn(cursor.mark)
    return segmentOf(response) !== null && after !== null && isBackground(json)
  },
  track: (mark, event) => {
    const data = jsonOf(event)
    const before = placeIn(mark)
    const id = memberOf(memberOf(data, 'response'), 'id')
    const number = memberOf(data, 'sequence_number')
    return {
      response: typeof id === 'string' ? id : before.response,
      after: typeof number === 'number' ? number : before.after,
    }
  },
  seen: (before, event) => {
    const { after } = placeIn(before.mark)
    const number = memberOf(jsonOf(event), 'sequence_number')
    return after !== null && typeof number === 'number' && number <= after
  },
}

/** Any other answer ends with its connection: to ask for the rest would put a 404 in the place of what cut it. */
function isBackground(json: unknown): boolean {
  // Not known where a cursor alone was kept.
  return json === undefined || memberOf(json, 'background') === true
}

function placeIn(mark: JsonValue | undefined): {
  readonly response: string | null
  readonly after: number | null
} {
  const response = memberOf(mark, 'response')
  const after = memberOf(mark, 'after')
  return {
    response: typeof response === 'string' ? response : null,
    after: typeof after === 'number' ? after : null,
  }
}

/** The event's JSON. From the text if it is not decoded, or if a schema has removed what we look for. */
function jsonOf({ data, raw }: StreamEvent<unknown>): unknown {
  return memberOf(data, 'sequence_number') === undefined ? jsonIn(raw) : data
}

/** An ID as it stands in a path. Null for none, and for dots alone: even encoded they would lead out of where it belongs. */
function segmentOf(id: unknown): string | null {
  return typeof id !== 'string' || /^\.{0,2}$/.test(id) ? null : encodeURIComponent(id)
}

function below(url: string, path: string): URL {
  const target = new URL(url)
  target.pathname = `${target.pathname.replace(/\/$/, '')}/${path}`
  return target
}
