import { randomBytes, timingSafeEqual } from 'node:crypto'
import { isEnding } from '../scenario/ending.ts'
import { assertEvent, parseScenario } from '../scenario/parse.ts'
import { conditionOf, oddCountIn } from './condition.ts'
import { mayChangeState, type Origins } from './cors.ts'
import type { Limits } from '../limits.ts'
import { Playing } from '../playing.ts'
import { refuse, send } from './refuse.ts'
import { readBody } from './request.ts'
import type { Routes } from './routes.ts'
import { targetOf } from './target.ts'
import type { AnyRequest, AnyResponse } from './wire.ts'

export const CONTROL_PREFIX = '/.millrace/'

/** How to reach the control routes: with `authorization: Bearer <token>`, or `token=<token>` in the query. */
export interface Control {
  readonly url: string
  readonly token: string
}

export interface ControlRoutes {
  readonly token: string
  answer(
    request: AnyRequest,
    response: AnyResponse,
    route: string,
    headers: Readonly<Record<string, string>>,
  ): Promise<void>
}

interface ControlOptions {
  readonly token: string | true
  readonly routes: Routes
  readonly origins: Origins
  readonly limits: Limits
}

/** Longest time in ms that a request for records waits for its condition; a test's own time-out comes first. */
const PATIENCE = 60_000

/**
 * Lets tests in another process or in a browser play scenarios over HTTP:
 *
 *     POST   /.millrace/scenarios?remove=:id         a scenario as JSON      → 201 { id, path }
 *     GET    /.millrace/scenarios/:id?requests=2     waits until it holds    → 200 records
 *     POST   /.millrace/scenarios/:id/gates/:name    lets one reply pass     → 204
 *     POST   /.millrace/scenarios/:id/channels/:name an event as JSON        → 204
 *     POST   /.millrace/scenarios/:id/channels/:name/end                     → 204
 *     POST   /.millrace/scenarios/:id/drop?by=reset  ends what is open       → 204
 *     POST   /.millrace/scenarios/:id/remove         DELETE does the same    → 204
 *
 * A page that sends no header and uses GET and POST only needs no preflight. A new scenario may name old ones in `remove`,
 * any number of times, which spares a request for each.
 */
export function controlRoutes({ token: wanted, routes, origins, limits }: ControlOptions): ControlRoutes {
  const token = wanted === true ? randomBytes(18).toString('base64url') : wanted
  const played = new Map<string, Playing>()

  const play = async (request: AnyRequest): Promise<Answer> => {
    const body = await readBody(request, limits.body)
    if (body === null) return { status: 413, text: `The scenario is larger than ${limits.body} bytes.` }
    const id = randomBytes(9).toString('base64url')
    const path = `/s/${id}`
    for (const over of queryOf(request).getAll('remove')) remove(over)
    try {
      played.set(id, new Playing(path, routes.add(path, parseScenario(body))))
    } catch (error) {
      return { status: 400, text: messageOf(error) }
    }
    return { status: 201, json: { id, path } }
  }

  const remove = (id: string): void => {
    const playing = played.get(id)
    if (playing === undefined) return
    playing.drop()
    routes.remove(playing.url)
    played.delete(id)
  }

  const change = async (
    playing: Playing,
    id: string,
    request: AnyRequest,
    rest: string[],
  ): Promise<Answer> => {
    const [what, name, end, ...more] = rest
    if (request.method === 'DELETE' ? what === undefined : request.method === 'POST' && what === 'remove') {
      remove(id)
    } else if (request.method === 'POST' && what === 'drop') {
      const by = queryOf(request).get('by') ?? 'reset'
      if (!isEnding(by)) return { status: 400, text: '`by` is end, reset or fin.' }
      playing.drop(by)
    } else if (request.method === 'POST' && name !== undefined && more.length === 0) {
      const plain = decoded(name)
      if (plain === null) return { status: 400, text: 'A name in a path is percent-encoded UTF-8.' }
      if (what === 'gates' && end === undefined) return named(() => playing.release(plain))
      if (what === 'channels' && end === 'end') return named(() => playing.endChannel(plain))
      if (what === 'channels' && end === undefined) return publish(playing, plain, request)
      return { status: 404, text: 'No such control route.' }
    } else return { status: 404, text: 'No such control route.' }
    return { status: 204 }
  }

  const publish = async (playing: Playing, channel: string, request: AnyRequest): Promise<Answer> => {
    const body = await readBody(request, limits.body)
    if (body === null) return { status: 413, text: `The event is larger than ${limits.body} bytes.` }
    try {
      const event: unknown = JSON.parse(body)
      assertEvent(event)
      return named(() => playing.publish(channel, event))
    } catch (error) {
      return { status: 400, text: messageOf(error) }
    }
  }

  const route = async (request: AnyRequest, path: string): Promise<Answer> => {
    const [collection, id, ...rest] = path.split('/')
    if (collection !== 'scenarios') return { status: 404, text: 'No such control route.' }
    if (request.method !== 'GET' && !mayChangeState(request.headers, origins)) {
      return { status: 403, text: 'This origin may not change the state of the server.' }
    }
    if (id === undefined) return request.method === 'POST' ? play(request) : { status: 405 }
    const playing = played.get(id)
    if (playing === undefined) return { status: 404, text: 'No such scenario.' }
    if (request.method !== 'GET') return change(playing, id, request, rest)
    const query = queryOf(request)
    const odd = oddCountIn(query)
    if (odd !== undefined) return { status: 400, text: `\`${odd}\` is a whole number.` }
    const held = await playing.journal.until(conditionOf(query), AbortSignal.timeout(PATIENCE))
    return { status: held ? 200 : 408, json: playing.journal.records() }
  }

  return {
    token,
    async answer(request, response, path, headers) {
      if (!sameToken(tokenOf(request), token)) {
        return refuse(response, 401, 'The control routes need the token.', headers)
      }
      const { status, text, json } = await route(request, path)
      if (text !== undefined) return refuse(response, status, text, headers)
      if (json === undefined) return send(response, status, headers)
      send(response, status, { ...headers, 'content-type': 'application/json' }, JSON.stringify(json))
    },
  }
}

interface Answer {
  readonly status: number
  readonly text?: string
  readonly json?: unknown
}

/** What works by a name fails for one that the scenario does not have. */
function named(act: () => void): Answer {
  try {
    act()
    return { status: 204 }
  } catch (error) {
    return { status: 404, text: messageOf(error) }
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

function queryOf(request: AnyRequest): URLSearchParams {
  return targetOf(request)?.searchParams ?? new URLSearchParams()
}

function decoded(name: string): string | null {
  try {
    return decodeURIComponent(name)
  } catch {
    return null
  }
}

function tokenOf(request: AnyRequest): string {
  const bearer = /^Bearer (.*)$/.exec(request.headers.authorization ?? '')
  return bearer?.[1] ?? queryOf(request).get('token') ?? ''
}

function sameToken(given: string, wanted: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(wanted)]
  return a.length === b.length && timingSafeEqual(a, b)
}
