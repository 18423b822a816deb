import type { Scenario } from '../scenario/types.ts'
import { answer, type Answering } from './answer.ts'
import { ConnectionSet, type Connections } from './connections.ts'
import { CONTROL_PREFIX, controlRoutes, type Control } from './control.ts'
import { checkOrigins, type Origins } from './cors.ts'
import { limitsWith, type LimitOptions } from '../limits.ts'
import { listen, serverFor, shut, type Tls } from './listen.ts'
import { Playing } from '../playing.ts'
import { refuse } from './refuse.ts'
import { Routes, type Watch } from './routes.ts'

/** Options of `serve`. */
export interface ServeOptions {
  /** @default 0: any free port */
  readonly port?: number | undefined
  /** @default '127.0.0.1' */
  readonly host?: string | undefined
  /** Names beside `host`, localhost, its subdomains and the loopback addresses that a Host header may hold. */
  readonly hosts?: readonly string[] | undefined
  /** Origins of pages that may read replies and use the control routes. @default [] */
  readonly origins?: Origins | undefined
  /** Lets other processes play scenarios over HTTP: a token of your own, or true for a random one. @default false */
  readonly control?: string | boolean | undefined
  /** What the server bounds, in bytes and ms; see `Limits`. */
  readonly limits?: LimitOptions | undefined
  /** HTTP/2: with `tls` beside HTTP/1.1, without it by prior knowledge, which browsers and fetch do not speak. @default false */
  readonly http2?: boolean | undefined
  /** Serves over TLS. @default null */
  readonly tls?: Tls | null | undefined
  /** Told when an exchange begins, when its head is sent, and when it is over; `path` is its scenario's. */
  readonly observe?: Watch | undefined
}

/** One scenario for every path, or scenarios by path. */
export type Scenarios = Scenario | Readonly<Record<string, Scenario>>

/** A running server. What it inherits from `Playing` is the first scenario. */
export class TestServer extends Playing {
  readonly port: number
  /** How to reach the control routes; null when they are off. */
  readonly control: Control | null
  /** TCP connections. */
  readonly connections: Connections
  readonly #routes: Routes
  readonly #close: () => Promise<void>

  /** Servers are made by `serve()`. */
  constructor(path: string, { routes, port, base, control, connections, close }: Parts) {
    super(new URL(base + path).href, routes.at(path) ?? routes.add(path, { replies: [] }))
    this.port = port
    this.control = control
    this.connections = connections
    this.#routes = routes
    this.#close = close
  }

  /** The scenario at a path. @throws {RangeError} when there is none */
  at(path: string): Playing {
    const stage = this.#routes.at(path)
    if (stage === undefined) throw new RangeError(`No scenario at ${JSON.stringify(path)}.`)
    return new Playing(new URL(path, this.url).href, stage)
  }

  /** Plays one more scenario; whatever was at the path is replaced. @throws {TypeError} when it is no scenario */
  add(path: string, scenario: Scenario): Playing {
    this.#routes.add(path, scenario)
    return this.at(path)
  }

  /** Stops accepting, ends what is open by FIN, and resolves when every connection is gone. */
  close(): Promise<void> {
    return this.#close()
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close()
  }
}

interface Parts {
  readonly routes: Routes
  readonly port: number
  readonly base: string
  readonly control: Control | null
  readonly connections: Connections
  readonly close: () => Promise<void>
}

/**
 * Plays a scenario, or several by path, on a real socket on loopback. Rejects with Node's error when the
 * port is taken (`code` is `EADDRINUSE`), and with a TypeError or RangeError that names a mistake in the scenario or the options.
 *
 * @example
 * const server = await serve(scenario([{ type: 'event', data: 'hello', id: '1' }, { type: 'reset' }]))
 * new EventSource(server.url)
 */
export async function serve(scenarios: Scenarios, options: ServeOptions = {}): Promise<TestServer> {
  const { port = 0, host = '127.0.0.1', origins = [], hosts = [], http2 = false, tls = null } = options
  checkOrigins(origins)
  if (host === '')
    throw new TypeError('`host` is a name or an address; "0.0.0.0" and "::" are all of this machine\'s.')
  const limits = limitsWith(options.limits)
  const routes = new Routes(options.observe, limits.journal)
  const paths = isScenario(scenarios) ? { '/': scenarios } : scenarios
  for (const [path, scenario] of Object.entries(paths))
    routes.add(path, scenario, paths === scenarios ? `scenarios[${JSON.stringify(path)}]` : undefined)
  const control = options.control ? controlRoutes({ token: options.control, routes, origins, limits }) : null

  const open: Answering['open'] = new Set()
  const answering = { routes, origins, hosts: [host, ...hosts], limits, control, open }
  const server = serverFor({ http2, tls, limits }, (request, response) => {
    answer(request, response, answering).catch((error: unknown) => refuse(response, 500, String(error)))
  })
  server.maxConnections = limits.connections
  const connections = new ConnectionSet(server)
  const listening = await listen(server, port, host)
  const name = reachedAt(host)
  const base = `${tls === null ? 'http' : 'https'}://${name.includes(':') ? `[${name}]` : name}:${listening}`
  return new TestServer(Object.keys(paths)[0] ?? '/', {
    routes,
    port: listening,
    base,
    control: control === null ? null : { url: base + CONTROL_PREFIX, token: control.token },
    connections,
    close() {
      for (const leave of open) leave()
      return shut(server, connections)
    },
  })
}

/** Windows has no connection to the address that stands for all of a machine's, and Chromium refuses it. */
function reachedAt(host: string): string {
  return host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '::1' : host
}

function isScenario(value: Scenarios): value is Scenario {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new TypeError('serve() takes a scenario, as scenario([...]) makes it, or scenarios by path.')
  }
  return Array.isArray((value as Partial<Scenario>).replies)
}
