import type { Playing } from '../playing.ts'
import { isEnding } from '../scenario/ending.ts'
import { assertEvent, parseScenario } from '../scenario/parse.ts'
import { conditionOf, oddCountIn } from './condition.ts'
import type { Played } from './played.ts'
import { readBody } from './request.ts'
import type { AnyRequest } from './wire.ts'

/** What a control route answers: a text says what is wrong. */
export interface Answer {
  readonly status: number
  readonly text?: string
  readonly json?: unknown
}

/** What was asked of all that is played. */
export interface Asked {
  readonly played: Played
  readonly request: AnyRequest
  readonly query: URLSearchParams
  /** Bytes that the request's body may have. */
  readonly limit: number
}

/** What was asked of one scenario, and of the gate or channel that the path names. */
interface AskedOfOne extends Asked {
  readonly playing: Playing
  readonly id: string
  readonly name: string
}

/**
 * The routes below `scenarios/:id`, beside `POST scenarios`, which takes a scenario as JSON and answers 201 { id, path }.
 * A page that sends no header, and uses GET and POST only, needs no preflight: so there are two ways to remove.
 */
const actions: Readonly<Record<string, (asked: AskedOfOne) => Answer | Promise<Answer>>> = {
  /** `?requests=2`: waits until it holds. 200 records */
  'GET ': records,
  /** Lets one reply pass. 204, as all that follow */
  'POST gates/:name': ({ playing, name }) => named(() => playing.release(name)),
  /** An event as JSON. */
  'POST channels/:name': publish,
  'POST channels/:name/end': ({ playing, name }) => named(() => playing.endChannel(name)),
  /** `?by=reset`: ends what is open. */
  'POST drop': drop,
  'POST remove': remove,
  'DELETE ': remove,
}

export function actOn(path: string, asked: Asked): Answer | Promise<Answer> {
  const { method = 'GET' } = asked.request
  const [collection, id, what = '', name, ...more] = path.split('/')
  if (collection !== 'scenarios') return unknown
  if (id === undefined) return method === 'POST' ? play(asked) : { status: 405 }
  const playing = asked.played.get(id)
  if (playing === undefined) return { status: 404, text: 'No such scenario.' }
  const pattern = name === undefined ? what : [what, ':name', ...more].join('/')
  const act = actions[`${method} ${pattern}`]
  if (act === undefined) return unknown
  const plain = decoded(name ?? '')
  if (plain === null) return { status: 400, text: 'A name in a path is percent-encoded UTF-8.' }
  return act({ ...asked, playing, id, name: plain })
}

const unknown: Answer = { status: 404, text: 'No such control route.' }
const done: Answer = { status: 204 }

/** Longest time in ms that a request for records waits for its condition; a test's own time-out comes first. */
const PATIENCE = 60_000

/** A new scenario may name old ones in `remove`, any number of times, which spares a request for each. */
async function play({ played, request, query, limit }: Asked): Promise<Answer> {
  const body = await readBody(request, limit)
  if (body === null) return { status: 413, text: `The scenario is larger than ${limit} bytes.` }
  for (const over of query.getAll('remove')) played.remove(over)
  try {
    return { status: 201, json: played.add(parseScenario(body)) }
  } catch (error) {
    return { status: 400, text: messageOf(error) }
  }
}

async function records({ playing: { journal }, query }: AskedOfOne): Promise<Answer> {
  const odd = oddCountIn(query)
  if (odd !== undefined) return { status: 400, text: `\`${odd}\` is a whole number.` }
  const held = await journal.until(conditionOf(query), AbortSignal.timeout(PATIENCE))
  return { status: held ? 200 : 408, json: journal.records() }
}

async function publish({ playing, name, request, limit }: AskedOfOne): Promise<Answer> {
  const body = await readBody(request, limit)
  if (body === null) return { status: 413, text: `The event is larger than ${limit} bytes.` }
  try {
    const event: unknown = JSON.parse(body)
    assertEvent(event)
    return named(() => playing.publish(name, event))
  } catch (error) {
    return { status: 400, text: messageOf(error) }
  }
}

function drop({ playing, query }: AskedOfOne): Answer {
  const by = query.get('by') ?? 'reset'
  if (!isEnding(by)) return { status: 400, text: '`by` is end, reset or fin.' }
  playing.drop(by)
  return done
}

function remove({ played, id }: AskedOfOne): Answer {
  played.remove(id)
  return done
}

/** What works by a name fails for one that the scenario does not have. */
function named(act: () => void): Answer {
  try {
    act()
    return done
  } catch (error) {
    return { status: 404, text: messageOf(error) }
  }
}

function decoded(name: string): string | null {
  try {
    return decodeURIComponent(name)
  } catch {
    return null
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
