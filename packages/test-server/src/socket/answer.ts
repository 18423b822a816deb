import type { Stage } from '../journal/stage.ts'
import { perform } from '../perform.ts'
import { clockOf } from '../clock.ts'
import { after } from '../timer.ts'
import { CONTROL_PREFIX, type ControlRoutes } from './control.ts'
import { corsHeaders, preflightHeaders, type Origins } from './cors.ts'
import { isOwnHost } from './host.ts'
import type { Limits } from '../limits.ts'
import { refuse, send } from './refuse.ts'
import { authorityOf, readRequest } from './request.ts'
import type { Routes } from './routes.ts'
import { SocketSink } from './sink.ts'
import { targetOf } from './target.ts'
import { wireOf } from './wire-of.ts'
import type { AnyRequest, AnyResponse } from './wire.ts'

export interface Answering {
  readonly routes: Routes
  readonly origins: Origins
  readonly hosts: readonly string[]
  readonly limits: Limits
  readonly control: ControlRoutes | null
  /** Ways to end each exchange that is open, when the server closes: it was not the client that went away. */
  readonly open: Set<() => void>
}

/** Answers one request: refuses what is not for us, then preflights, control routes, and the scenario at its path. */
export async function answer(
  request: AnyRequest,
  response: AnyResponse,
  { routes, origins, hosts, limits, control, open }: Answering,
): Promise<void> {
  if (!isOwnHost(authorityOf(request), hosts))
    return refuse(response, 403, 'The Host header names another server.')
  const cors = corsHeaders(request.headers.origin, origins)
  const target = targetOf(request)
  if (target === null) return refuse(response, 400, 'The target of the request is no URL.')
  const { pathname } = target
  const stage = routes.find(pathname)
  if (request.method === 'OPTIONS' && request.headers['access-control-request-method'] !== undefined) {
    stage?.journal.preflight()
    const wanted = request.headers['access-control-request-headers']
    return send(response, 204, { ...cors, ...preflightHeaders(wanted) })
  }
  if (control !== null && pathname.startsWith(CONTROL_PREFIX)) {
    return control.answer(request, response, pathname.slice(CONTROL_PREFIX.length), cors)
  }
  if (stage === undefined) return refuse(response, 404, `No scenario at ${JSON.stringify(pathname)}.`, cors)
  return playOn(stage, request, response, { headers: cors, limits, open })
}

interface PlayingOn extends Pick<Answering, 'limits' | 'open'> {
  readonly headers: Readonly<Record<string, string>>
}

async function playOn(
  stage: Stage,
  request: AnyRequest,
  response: AnyResponse,
  { headers, limits, open }: PlayingOn,
): Promise<void> {
  const read = await readRequest(request, limits.body)
  if (read === null) return refuse(response, 413, `The body is larger than ${limits.body} bytes.`, headers)
  const exchange = stage.journal.begin(read)
  const sink = new SocketSink({
    wire: wireOf(request, response),
    change: exchange.change,
    headers,
    stalled: limits.stalled,
  })
  const leave = () => void sink.finish('fin', false)
  open.add(leave)
  sink.gone.addEventListener('abort', () => open.delete(leave))
  sink.gone.addEventListener(
    'abort',
    after(limits.life, () => sink.drop()),
  )
  await perform({ stage, ...exchange, sink, clock: clockOf(), behind: limits.behind })
}
