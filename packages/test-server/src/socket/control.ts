import { randomBytes, timingSafeEqual } from 'node:crypto'
import type { Limits } from '../limits.ts'
import { actOn, type Answer } from './control-actions.ts'
import { mayChangeState, type Origins } from './cors.ts'
import { Played } from './played.ts'
import { refuse, send } from './refuse.ts'
import type { Routes } from './routes.ts'
import { queryOf } from './target.ts'
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

/** Lets tests in another process or in a browser play scenarios over HTTP, by the routes in `control-actions.ts`. */
export function controlRoutes({ token: wanted, routes, origins, limits }: ControlOptions): ControlRoutes {
  const token = wanted === true ? randomBytes(18).toString('base64url') : wanted
  const played = new Played(routes)

  const act = (request: AnyRequest, path: string): Answer | Promise<Answer> => {
    if (request.method !== 'GET' && !mayChangeState(request.headers, origins)) {
      return { status: 403, text: 'This origin may not change the state of the server.' }
    }
    return actOn(path, { played, request, query: queryOf(request), limit: limits.body })
  }

  return {
    token,
    async answer(request, response, path, headers) {
      if (!sameToken(tokenOf(request), token)) {
        return refuse(response, 401, 'The control routes need the token.', headers)
      }
      const { status, text, json } = await act(request, path)
      if (text !== undefined) return refuse(response, status, text, headers)
      if (json === undefined) return send(response, status, headers)
      send(response, status, { ...headers, 'content-type': 'application/json' }, JSON.stringify(json))
    },
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
